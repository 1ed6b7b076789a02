namespace Integrations;

/// <summary>Looks at one connection from end to end. Asks the platform each time; <see cref="ConnectionDoctor"/> sees to it that this is seldom.</summary>
internal sealed class ConnectionExaminer(
    ProviderRegistry providers,
    ConnectionOpener opener,
    ProviderChecks platform,
    MessageChecks messages,
    WebhookSelfCheck webhook,
    WidgetSelfCheck widget,
    TimeProvider time)
{
    public async Task<ConnectionDiagnosis> ExamineAsync(StoredIntegration stored, CancellationToken ct)
    {
        var found = providers.Find(stored.Record.Type);
        var checks = new List<ConnectionCheck> { StoredChecks.State(stored, found?.Descriptor.Authorization != AuthorizationKind.None) };
        if (found is not { } provider)
            checks.Add(ConnectionCheck.Failed(
                WellKnownChecks.Token, CheckTitles.Token, $"No provider of '{stored.Record.Type}' is registered on this host.", "Reference its package and register it after AddIntegrations()."));
        else if (!ChannelSwitch.NeedsAuthorization(stored.Connection.State) || !string.IsNullOrEmpty(stored.Record.AuthToken))
            await LookAsync(stored, provider, checks, ct);
        return new ConnectionDiagnosis
        {
            Key = stored.Record.Key,
            Type = stored.Record.Type,
            At = time.GetUtcNow(),
            // A provider that repeats a code of ours knows better than what is stored.
            Checks = [.. checks.GroupBy(c => c.Code).Select(g => g.Last())],
        };
    }

    private async Task LookAsync(StoredIntegration stored, IIntegrationProvider provider, List<ConnectionCheck> checks, CancellationToken ct)
    {
        var descriptor = provider.Descriptor;
        var isReadable = opener.TryOpen(stored, descriptor, out var connection);
        var needsAccount = descriptor.Authorization != AuthorizationKind.None;
        if (needsAccount || !isReadable)
            checks.Add(StoredChecks.Credentials(isReadable));
        if (needsAccount)
            checks.Add(StoredChecks.Renewal(stored, descriptor.Refresh, time.GetUtcNow().UtcDateTime));

        var (lastInbound, window, lastAt) = await messages.RunAsync(stored, provider, ct);
        // What takes long goes on at once.
        var reachable = provider switch
        {
            IWebhookReceiver => webhook.RunAsync(stored.Record.Type, lastAt, ct),
            IWidgetChannel channel => widget.RunAsync(channel.Script, ct),
            _ => null,
        };
        if (isReadable)
            checks.AddRange(await platform.RunAsync(stored, provider, connection, ct));
        if (reachable is not null)
            checks.Add(await reachable);
        checks.Add(lastInbound);
        checks.Add(window);
    }
}
