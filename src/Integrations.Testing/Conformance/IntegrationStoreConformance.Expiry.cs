using Xunit;

namespace Integrations.Testing;

/// <content>Connections that end soon.</content>
public abstract partial class IntegrationStoreConformance<TFixture>
{
    private static readonly IntegrationType Ending = IntegrationType.Parse("ending-platform");

    [Theory]
    [InlineData(ExpiryKind.Token)]
    [InlineData(ExpiryKind.RefreshToken)]
    [InlineData(ExpiryKind.Consent)]
    public async Task What_ends_soon_is_listed_by_its_end(ExpiryKind kind)
    {
        // A month of its own: the store may hold what other tests wrote.
        var start = Noon.AddYears(10 + (int)kind);
        var other = kind == ExpiryKind.Token ? ExpiryKind.RefreshToken : ExpiryKind.Token;
        var (second, first) = (await EndingAsync(kind, start.AddDays(2)), await EndingAsync(kind, start.AddDays(1)));
        await EndingAsync(kind, start); // what ends at "after" is not after it
        await EndingAsync(kind, start.AddDays(3).AddSeconds(1));
        var lost = await EndingAsync(kind, start.AddDays(1));
        await Stores.Integrations.ChangeStateAsync(lost, new StateChange { To = ConnectionState.ReconnectRequired, At = Noon }, Ct);
        await EndingAsync(other, start.AddDays(1));

        var found = await Stores.Integrations.ListExpiringAsync(
            new ExpiryQuery { Kind = kind, Types = [Ending], After = start, Until = start.AddDays(3) }, Ct);

        Assert.Equal([first, second], found.Select(s => s.Record.Key));
        Assert.Empty(await Stores.Integrations.ListExpiringAsync(
            new ExpiryQuery { Kind = kind, Types = [IntegrationType.Facebook], After = start, Until = start.AddDays(3) }, Ct));
    }

    [Fact]
    public async Task What_ends_soon_is_paged_also_where_many_end_at_one_moment()
    {
        var start = Noon.AddYears(20);
        var keys = new List<IntegrationKey>();
        for (var i = 0; i < 5; i++)
            keys.Add(await EndingAsync(ExpiryKind.Token, start.AddDays(1 + i / 3)));

        var found = new List<StoredIntegration>();
        var (after, afterId) = (start, (Guid?)null);
        while (true)
        {
            var page = await Stores.Integrations.ListExpiringAsync(
                new ExpiryQuery { Kind = ExpiryKind.Token, Types = [Ending], After = after, AfterId = afterId, Until = start.AddDays(9), Limit = 2 }, Ct);
            found.AddRange(page);
            if (page.Count < 2)
                break;
            (after, afterId) = (page[^1].Record.TokenExpiresAt!.Value, page[^1].Record.IntegrationId);
        }

        Assert.Equal(keys.Count, found.Count);
        Assert.Equal(keys.ToHashSet(), found.Select(s => s.Record.Key).ToHashSet());
    }

    [Fact]
    public async Task What_ends_soon_is_listed_by_how_long_its_refresh_has_failed()
    {
        var start = Noon.AddYears(30);
        var (failing, since) = (await EndingAsync(ExpiryKind.Token, start.AddDays(1)), Noon.AddDays(2));
        await EndingAsync(ExpiryKind.Token, start.AddDays(1));
        await Stores.Integrations.CommitRefreshFailureAsync(failing, new RefreshFailure
        {
            Owner = "host", TokenVersion = (await ReadAsync(failing)).Connection.TokenVersion, LastError = "Transient: no", At = since,
        }, Ct);

        Assert.Equal([failing], await FindAsync(since));
        Assert.Empty(await FindAsync(since.AddSeconds(-1)));

        async Task<IEnumerable<IntegrationKey>> FindAsync(DateTime failingSince) => (await Stores.Integrations.ListExpiringAsync(
            new ExpiryQuery { Kind = ExpiryKind.Token, Types = [Ending], After = start, Until = start.AddDays(9), FailingSince = failingSince }, Ct)).Select(s => s.Record.Key);
    }

    private async Task<IntegrationKey> EndingAsync(ExpiryKind kind, DateTime end)
    {
        var key = NewKey();
        await Stores.Integrations.CommitConnectionAsync(new ConnectionCommit
        {
            Key = key,
            ChatId = Guid.CreateVersion7(),
            Type = Ending,
            AccountId = NewAccount(),
            AuthToken = "sealed",
            TokenExpiresAt = kind == ExpiryKind.Token ? end : null,
            RefreshTokenExpiresAt = kind == ExpiryKind.RefreshToken ? end : null,
            ConsentExpiresAt = kind == ExpiryKind.Consent ? end : null,
            Details = "{}",
            At = Noon,
        }, Ct);
        return key;
    }
}
