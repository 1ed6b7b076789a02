using Xunit;

namespace Integrations.Testing;

/// <summary>What every <see cref="IAuthorizationStore"/> must do.</summary>
/// <param name="fixture">The stores.</param>
public abstract class AuthorizationStoreConformance<TFixture>(TFixture fixture) : StoreConformance<TFixture>(fixture)
    where TFixture : StoreFixture
{
    private static PendingAuthorization Pending(Guid? client = null, DateTime? expires = null) => new()
    {
        HandleHash = Guid.CreateVersion7().ToString("N") + Guid.CreateVersion7().ToString("N"),
        Purpose = "connect",
        ClientId = client ?? Guid.CreateVersion7(),
        ChatId = Guid.CreateVersion7(),
        Type = IntegrationType.Facebook,
        UserBinding = "user-1",
        BrowserHash = new string('b', 64),
        ReturnPath = "/extensions",
        SealedPayload = "sealed",
        ExpiresAt = expires ?? Noon.AddMinutes(10),
    };

    [Fact]
    public async Task A_saved_authorization_reads_back_as_it_was_written()
    {
        var saved = Pending();
        await Stores.Authorizations.SaveAsync(saved, Ct);
        Assert.Equivalent(saved, await Fixture.OtherHost.Authorizations.FindAsync(saved.HandleHash, Ct), strict: true);
        Assert.Equal(DateTimeKind.Utc, (await Stores.Authorizations.FindAsync(saved.HandleHash, Ct))!.ExpiresAt.Kind);
        Assert.Null(await Stores.Authorizations.FindAsync("unknown", Ct));
    }

    [Fact]
    public async Task A_handle_is_consumed_once_and_remembered_as_used()
    {
        var saved = Pending();
        await Stores.Authorizations.SaveAsync(saved, Ct);
        var consumed = await Stores.Authorizations.ConsumeAsync(saved.HandleHash, Noon, Ct);
        Assert.True(consumed.Consumed);
        Assert.False(consumed.WasUsedBefore);
        Assert.Equal("sealed", consumed.Authorization.SealedPayload);
        Assert.Equal(saved.UserBinding, consumed.Authorization.UserBinding);
        var again = await Fixture.OtherHost.Authorizations.ConsumeAsync(saved.HandleHash, Noon, Ct);
        Assert.False(again.Consumed);
        Assert.True(again.WasUsedBefore);
        Assert.Null(await Stores.Authorizations.FindAsync(saved.HandleHash, Ct));
        var unknown = await Stores.Authorizations.ConsumeAsync("unknown", Noon, Ct);
        Assert.False(unknown.Consumed || unknown.WasUsedBefore);
    }

    [Fact]
    public async Task Of_two_simultaneous_consumers_one_gets_it()
    {
        for (var i = 0; i < 20; i++)
        {
            var saved = Pending();
            await Stores.Authorizations.SaveAsync(saved, Ct);
            var (first, second) = await RaceAsync(
                () => Stores.Authorizations.ConsumeAsync(saved.HandleHash, Noon, Ct),
                () => Fixture.OtherHost.Authorizations.ConsumeAsync(saved.HandleHash, Noon, Ct));
            Assert.True(first.Consumed ^ second.Consumed);
            Assert.True((first.Consumed ? second : first).WasUsedBefore);
        }
    }

    [Fact]
    public async Task Pending_ones_are_counted_for_each_client()
    {
        var client = Guid.CreateVersion7();
        var consumed = Pending(client);
        foreach (var pending in (PendingAuthorization[])[consumed, Pending(client), Pending(client, Noon), Pending(client, Noon.AddMilliseconds(1)), Pending()])
            await Stores.Authorizations.SaveAsync(pending, Ct);
        await Stores.Authorizations.ConsumeAsync(consumed.HandleHash, Noon, Ct);
        Assert.Equal(2, await Stores.Authorizations.CountPendingAsync(client, Noon, Ct));
    }

    [Fact]
    public async Task Purging_deletes_what_expired_before()
    {
        var (old, kept) = (Pending(expires: new DateTime(2003, 1, 1, 0, 0, 0, DateTimeKind.Utc)), Pending());
        await Stores.Authorizations.SaveAsync(old, Ct);
        await Stores.Authorizations.SaveAsync(kept, Ct);
        await Stores.Authorizations.ConsumeAsync(old.HandleHash, Noon, Ct);
        Assert.Equal(1, await Stores.Authorizations.PurgeAsync(old.ExpiresAt.AddMilliseconds(1), Ct));
        Assert.False((await Stores.Authorizations.ConsumeAsync(old.HandleHash, Noon, Ct)).WasUsedBefore);
        Assert.NotNull(await Stores.Authorizations.FindAsync(kept.HandleHash, Ct));
    }
}
