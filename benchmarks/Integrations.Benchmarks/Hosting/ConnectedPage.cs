namespace Integrations.Benchmarks.Hosting;

/// <summary>The one connected Page, put into a store directly.</summary>
internal static class ConnectedPage
{
    public static IntegrationKey Key { get; } =
        new(new Guid("0193f5a0-0000-7000-8000-000000000001"), new Guid("0193f5a0-0000-7000-8000-000000000003"));

    public static async Task EnsureAsync(IIntegrationStore store)
    {
        if (await store.FindAsync(Key) is not null)
            return;
        var at = TimeProvider.System.GetUtcNow().UtcDateTime;
        var result = await store.CommitConnectionAsync(new ConnectionCommit
        {
            Key = Key,
            ChatId = new Guid("0193f5a0-0000-7000-8000-000000000002"),
            Type = IntegrationType.Facebook,
            AccountId = WebhookScenario.PageId,
            Details = "{}",
            At = at,
        });
        if (result.Outcome != ConnectionCommitOutcome.Committed || !await store.SetLiveAsync(Key, isLive: true, at))
            throw new InvalidOperationException($"The Page could not be connected: {result.Outcome}.");
    }
}
