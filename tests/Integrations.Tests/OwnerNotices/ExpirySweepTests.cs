using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Integrations.Tests.OwnerNotices;

/// <summary>Warnings before an end that nothing prolongs, in virtual time.</summary>
public sealed class ExpirySweepTests
{
    private static readonly IntegrationType Pasted = IntegrationType.Parse("pasted-keys");
    private static readonly IntegrationType Fixed = IntegrationType.Parse("fixed-grants");
    private static readonly IntegrationType Sliding = IntegrationType.Parse("sliding-grants");
    private static readonly IntegrationType Exchanged = IntegrationType.Parse("exchanged-tokens");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryIntegrationStore _store;
    private readonly DateTime _start;

    public ExpirySweepTests()
    {
        _store = new InMemoryIntegrationStore(_time, NullLogger<InMemoryIntegrationStore>.Instance);
        _start = Now;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task A_token_without_refresh_is_warned_of_14_7_and_1_days_before_within_the_hour()
    {
        var key = await ConnectAsync(Pasted, tokenDays: 60);

        await LiveAsync(days: 61, Sweep());

        Assert.Equal([46, 53, 59], (await WarningsAsync(key)).Select(e => (e.OccurredAt - _start).Days));
        Assert.All(await WarningsAsync(key), e => Assert.True((e.OccurredAt - _start).TotalHours % 24 <= 1));
        Assert.All(await WarningsAsync(key), e => Assert.Contains("2026-08-30", e.Data, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pasted-keys")]
    [InlineData("sliding-grants")]
    [InlineData("exchanged-tokens")]
    public async Task The_end_of_a_persons_consent_is_warned_of_on_every_platform_and_no_refresh_hides_it(string type)
    {
        var key = await ConnectAsync(IntegrationType.Parse(type), consentDays: 90);
        var sweep = Sweep();
        await LiveAsync(days: 80, sweep);
        Assert.True(await _store.CommitRefreshAsync(key, new RefreshCommit
        {
            TokenVersion = (await _store.FindAsync(key, Ct))!.Connection.TokenVersion, AuthToken = "sealed-2", At = Now,
        }, Ct));
        await LiveAsync(days: 11, sweep);

        var warnings = await WarningsAsync(key);
        Assert.Equal([76, 83, 89], warnings.Select(e => (e.OccurredAt - _start).Days));
        Assert.All(warnings, e => Assert.Contains("\"cause\":\"consent_ends\"", e.Data, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_consent_that_was_given_anew_is_not_warned_of()
    {
        var key = await ConnectAsync(Exchanged, consentDays: 90);
        var sweep = Sweep();
        await LiveAsync(days: 70, sweep);
        await ConnectAsync(Exchanged, consentDays: 90, key: key);
        await LiveAsync(days: 21, sweep);
        Assert.Empty(await WarningsAsync(key));
    }

    [Theory]
    [InlineData("fixed-grants", 3)] // its refresh token can be used again, and is never replaced
    [InlineData("sliding-grants", 0)] // each use brings a new one
    [InlineData("exchanged-tokens", 0)] // an exchange brings a new one
    public async Task A_refresh_token_is_warned_of_only_where_a_refresh_does_not_replace_it(string type, int warnings)
    {
        var key = await ConnectAsync(IntegrationType.Parse(type), refreshDays: 60);

        await LiveAsync(days: 61, Sweep());

        Assert.Equal(warnings, (await WarningsAsync(key)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_could_be_refreshed_is_warned_of_when_that_has_failed_for_a_day(bool token)
    {
        var key = token ? await ConnectAsync(Exchanged, tokenDays: 60) : await ConnectAsync(Exchanged, refreshDays: 60);
        var sweep = Sweep();
        await LiveAsync(days: 50, sweep);
        await FailAsync(key);

        await LiveAsync(days: 1, sweep, hours: -1);
        Assert.Empty(await WarningsAsync(key));
        await LiveAsync(days: 10, sweep);

        // The first at once, for the end is nine days away; then the others.
        Assert.Equal([51, 53, 59], (await WarningsAsync(key)).Select(e => (int)Math.Round((e.OccurredAt - _start).TotalDays - 0.01)));
    }

    [Fact]
    public async Task An_access_token_of_an_hour_is_no_end_while_refreshing_fails()
    {
        var key = await ConnectAsync(Sliding, tokenDays: 1.0 / 24);
        await FailAsync(key);

        await LiveAsync(days: 3, Sweep());

        Assert.Empty(await WarningsAsync(key));
    }

    [Fact]
    public async Task Who_has_just_connected_is_not_warned_of_a_short_life()
    {
        var key = await ConnectAsync(Pasted, tokenDays: 5);

        await LiveAsync(days: 6, Sweep());

        Assert.Equal([4], (await WarningsAsync(key)).Select(e => (e.OccurredAt - _start).Days));
    }

    [Fact]
    public async Task Connecting_again_begins_anew()
    {
        var key = await ConnectAsync(Pasted, tokenDays: 20);
        var sweep = Sweep();
        await LiveAsync(days: 10, sweep);

        await ConnectAsync(Pasted, tokenDays: 20, key: key);
        await LiveAsync(days: 21, sweep);

        Assert.Equal([6, 16, 23, 29], (await WarningsAsync(key)).Select(e => (e.OccurredAt - _start).Days));
    }

    [Fact]
    public async Task Two_hosts_and_a_restart_warn_once()
    {
        var keys = new List<IntegrationKey>();
        for (var i = 0; i < 300; i++) // more than a page
            keys.Add(await ConnectAsync(Pasted, tokenDays: 30));
        _time.Advance(TimeSpan.FromDays(16.5));

        var (one, two) = (Sweep(), Sweep());
        var warned = await Task.WhenAll(Task.Run(() => one.SweepAsync(Ct), Ct), Task.Run(() => two.SweepAsync(Ct), Ct));

        Assert.Equal(300, warned.Sum());
        Assert.Equal(0, await Sweep().SweepAsync(Ct));
        foreach (var key in keys)
            Assert.Single(await WarningsAsync(key));
    }

    [Fact]
    public async Task A_host_that_was_down_at_the_mark_warns_when_it_is_back()
    {
        var key = await ConnectAsync(Pasted, tokenDays: 30);
        _time.Advance(TimeSpan.FromDays(20));

        Assert.Equal(1, await Sweep().SweepAsync(Ct));
        Assert.Single(await WarningsAsync(key));
    }

    [Fact]
    public async Task What_a_database_fault_cut_short_is_looked_for_again()
    {
        var key = await ConnectAsync(Pasted, tokenDays: 30);
        var failing = Substitute.For<IEventOutbox>();
        var fail = true;
        failing.AppendAsync(default, null!, Ct).ReturnsForAnyArgs(
            call => fail ? Task.FromException<bool>(new IOException("down")) : _store.AppendAsync(call.ArgAt<IntegrationKey>(0), call.ArgAt<NewEvent>(1), Ct));
        var sweep = Sweep(outbox: failing);
        await sweep.SweepAsync(Ct);
        _time.Advance(TimeSpan.FromDays(16.5));

        await Assert.ThrowsAsync<IOException>(() => sweep.SweepAsync(Ct));
        fail = false;
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await sweep.SweepAsync(Ct));

        Assert.Single(await WarningsAsync(key));
    }

    [Fact]
    public async Task After_the_first_run_only_what_has_just_come_near_is_read()
    {
        var store = Substitute.For<IIntegrationStore>();
        var asked = new List<ExpiryQuery>();
        store.ListExpiringAsync(Arg.Do<ExpiryQuery>(asked.Add), Arg.Any<CancellationToken>()).Returns(Task.FromResult<IReadOnlyList<StoredIntegration>>([]));
        var sweep = Sweep(store);
        await sweep.SweepAsync(Ct);
        asked.Clear();
        _time.Advance(TimeSpan.FromHours(1));

        await sweep.SweepAsync(Ct);

        Assert.All(asked, q => Assert.True(q.FailingSince is not null || q.Until - q.After == TimeSpan.FromHours(1)));
        Assert.Equal(9, asked.Count(q => q.FailingSince is null)); // three marks for tokens, three for refresh tokens, three for consents
    }

    private ExpirySweep Sweep(IIntegrationStore? store = null, IEventOutbox? outbox = null) => new(
        store ?? _store, outbox ?? _store, new EventFactory(_time),
        new ProviderRegistry([
            Provider(Pasted, RefreshPolicy.None),
            Provider(Fixed, new RefreshPolicy { Mode = RefreshMode.RefreshToken, Rotation = RefreshTokenRotation.Reusable }),
            Provider(Sliding, new RefreshPolicy { Mode = RefreshMode.RefreshToken, Rotation = RefreshTokenRotation.SingleUse }),
            Provider(Exchanged, new RefreshPolicy { Mode = RefreshMode.ReexchangeToken, Rotation = RefreshTokenRotation.Reusable }),
        ]),
        Options.Create(new IntegrationsOptions()), _time, NullLogger<ExpirySweep>.Instance);

    private static IIntegrationProvider Provider(IntegrationType type, RefreshPolicy refresh)
    {
        var provider = Substitute.For<IIntegrationProvider>();
        provider.Descriptor.Returns(new IntegrationDescriptor { Type = type, DisplayName = "Test", Authorization = AuthorizationKind.OAuth2, Refresh = refresh });
        return provider;
    }

    private async Task LiveAsync(int days, ExpirySweep sweep, int hours = 0)
    {
        for (var hour = 0; hour < days * 24 + hours; hour++)
        {
            await sweep.SweepAsync(Ct);
            _time.Advance(TimeSpan.FromHours(1));
        }
    }

    private async Task<IntegrationKey> ConnectAsync(IntegrationType type, double? tokenDays = null, double? refreshDays = null, IntegrationKey? key = null, double? consentDays = null)
    {
        var stored = key is { } known ? await _store.FindAsync(known, Ct) : null;
        var at = key ?? new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7());
        var result = await _store.CommitConnectionAsync(new ConnectionCommit
        {
            Key = at,
            ChatId = stored?.Record.ChatId ?? Guid.CreateVersion7(),
            Type = type,
            AccountId = stored?.Connection.AccountId ?? Guid.CreateVersion7().ToString("N"),
            AuthToken = "sealed",
            TokenExpiresAt = tokenDays is { } t ? Now.AddDays(t) : null,
            RefreshTokenExpiresAt = refreshDays is { } r ? Now.AddDays(r) : null,
            ConsentExpiresAt = consentDays is { } c ? Now.AddDays(c) : null,
            Details = "{}",
            ExpectedVersion = stored?.Connection.ConfigurationVersion,
            At = Now,
        }, Ct);
        Assert.Equal(ConnectionCommitOutcome.Committed, result.Outcome);
        return at;
    }

    private async Task FailAsync(IntegrationKey key) => await _store.CommitRefreshFailureAsync(key, new RefreshFailure
    {
        Owner = "host", TokenVersion = (await _store.FindAsync(key, Ct))!.Connection.TokenVersion, LastError = "Transient: no", At = Now,
    }, Ct);

    private async Task<IReadOnlyList<StoredEvent>> WarningsAsync(IntegrationKey key) =>
        [.. (await _store.ListAsync(key, null, 100, Ct)).Where(e => e.Kind == IntegrationEventKind.ExpiryWarning).Reverse()];
}
