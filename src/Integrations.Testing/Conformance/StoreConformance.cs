using Xunit;

namespace Integrations.Testing;

/// <summary>What the store suites share. Derive from the suites, not from this.</summary>
/// <param name="fixture">The stores.</param>
public abstract class StoreConformance<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    /// <summary>A time whose fraction every database keeps.</summary>
    protected static DateTime Noon { get; } = new(2026, 11, 24, 12, 0, 0, 123, DateTimeKind.Utc);

    /// <summary>The fixture.</summary>
    protected TFixture Fixture { get; } = Runnable(fixture);

    /// <summary>The stores of one host.</summary>
    protected StoreSet Stores => Fixture.Stores;

    /// <summary>Cancelled when the test is.</summary>
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static TFixture Runnable(TFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        if (fixture.SkipReason is { } reason)
            Assert.Skip(reason);
        return fixture;
    }

    /// <summary>Makes a key nobody has.</summary>
    protected static IntegrationKey NewKey() => new(Guid.CreateVersion7(), Guid.CreateVersion7());

    /// <summary>Makes an account id nobody has.</summary>
    protected static string NewAccount() => "page-" + Guid.CreateVersion7().ToString("N");

    /// <summary>Makes a change that creates an integration.</summary>
    protected static ConfigurationChange Create(IntegrationKey key, string details = "{}", IntegrationType? type = null, Guid? chat = null) => new()
    {
        Key = key,
        ChatId = chat ?? key.IntegrationId,
        Type = type ?? IntegrationType.Facebook,
        Details = details,
        At = Noon,
    };

    /// <summary>Makes a change of an integration that was read at a version.</summary>
    protected static ConfigurationChange Update(IntegrationKey key, long version, string details) => new()
    {
        Key = key,
        ChatId = key.IntegrationId,
        Type = IntegrationType.Facebook,
        Details = details,
        ExpectedVersion = version,
        At = Noon.AddMinutes(1),
    };

    /// <summary>Makes a connection to commit.</summary>
    protected static ConnectionCommit Connection(
        IntegrationKey key, string account, long? version = null, AccountClaimPolicy policy = AccountClaimPolicy.Reject, Guid? chat = null,
        DateTime? dueAt = null, string details = "{}") => new()
    {
        Key = key,
        ChatId = chat ?? key.IntegrationId,
        Type = IntegrationType.Facebook,
        AccountId = account,
        AccountName = "A page",
        AuthorizedUserId = "user-" + account,
        GrantedScopes = ["pages_messaging", "pages_show_list"],
        AuthToken = "sealed-auth",
        RefreshToken = "sealed-refresh",
        TokenExpiresAt = Noon.AddDays(1),
        RefreshTokenExpiresAt = Noon.AddDays(60),
        ConsentExpiresAt = Noon.AddDays(90),
        RefreshDueAt = dueAt,
        Details = details,
        ExpectedVersion = version,
        ClaimPolicy = policy,
        At = Noon,
    };

    /// <summary>Makes an integration that is connected.</summary>
    protected async Task<IntegrationKey> ConnectedAsync(DateTime? dueAt = null, string details = "{}")
    {
        var key = NewKey();
        var result = await Stores.Integrations.CommitConnectionAsync(Connection(key, NewAccount(), dueAt: dueAt, details: details), Ct);
        Assert.Equal(ConnectionCommitOutcome.Committed, result.Outcome);
        return key;
    }

    /// <summary>Reads an integration that exists.</summary>
    protected async Task<StoredIntegration> ReadAsync(IntegrationKey key) =>
        await Stores.Integrations.FindAsync(key, Ct) ?? throw new InvalidOperationException("The integration is gone.");

    /// <summary>Starts both on threads of their own, so that they meet.</summary>
    protected static async Task<(T First, T Second)> RaceAsync<T>(Func<Task<T>> first, Func<Task<T>> second)
    {
        using var start = new ManualResetEventSlim();
        Task<T> Run(Func<Task<T>> work) => Task.Factory.StartNew(
            () =>
            {
                start.Wait();
                return work();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        var (one, two) = (Run(first), Run(second));
        start.Set();
        return (await one, await two);
    }
}
