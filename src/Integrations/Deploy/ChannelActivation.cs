namespace Integrations;

/// <summary>The second half of a deployment: each written channel goes live, or says what it lacks. One failing stops no other.</summary>
internal sealed class ChannelActivation(
    IIntegrationStore store, ConnectionWriter writer, ConnectStarter starter, ChannelSwitch channels, TimeProvider time)
{
    public async Task<DeploymentResult> RunAsync(DeploymentRequest request, IReadOnlyList<IIntegrationProvider> providers, CancellationToken ct)
    {
        var outcomes = new List<ChannelOutcome>();
        var browserToken = request.BrowserToken;
        var isKept = false;
        foreach (var provider in providers)
        {
            var type = provider.Descriptor.Type;
            if (await store.FindAsync(request.ClientId, request.ChatId, type, ct) is not { } stored)
            {
                outcomes.Add(new ChannelOutcome { Type = type, Status = ChannelStatus.Failed, Error = Refusal.New(ProviderErrorKind.Unknown, "deleted", "The integration was deleted meanwhile. Deploy again.") });
                continue;
            }

            if (!ChannelSwitch.NeedsAuthorization(stored.Connection.State))
            {
                outcomes.Add(await GoLiveAsync(provider, stored, ct));
            }
            else if (provider.Descriptor.Authorization == AuthorizationKind.None)
            {
                outcomes.Add(await ConnectItselfAsync(provider, stored, ct));
            }
            else
            {
                // Wanted live before it is connected: connecting then makes it so.
                await store.SetLiveAsync(stored.Record.Key, true, time.GetUtcNow().UtcDateTime, ct: ct);
                var start = await StartAsync(request, provider, browserToken, ct);
                isKept |= start is { Succeeded: true };
                browserToken = start is { Succeeded: true } ? start.BrowserToken : browserToken;
                outcomes.Add(new ChannelOutcome
                {
                    Type = type,
                    Status = ChannelStatus.NeedsAuthorization,
                    Key = stored.Record.Key,
                    AuthorizationUri = start?.AuthorizationUri,
                    Error = start?.Error,
                });
            }
        }

        return new DeploymentResult { Channels = outcomes, BrowserToken = isKept ? browserToken : default };
    }

    private async Task<StartConnectResult?> StartAsync(DeploymentRequest request, IIntegrationProvider provider, Secret browserToken, CancellationToken ct) =>
        provider.Descriptor.Authorization != AuthorizationKind.OAuth2 || request.UserBinding is not { } user ? null : await starter.StartAsync(new StartConnectRequest
        {
            ClientId = request.ClientId,
            ChatId = request.ChatId,
            Type = provider.Descriptor.Type,
            UserBinding = user,
            BrowserToken = browserToken,
            ReturnPath = request.ReturnPath,
        }, ct);

    private async Task<ChannelOutcome> ConnectItselfAsync(IIntegrationProvider provider, StoredIntegration stored, CancellationToken ct)
    {
        var record = stored.Record;
        var written = await writer.WriteAsync(new ConnectionDraft
        {
            ClientId = record.ClientId,
            ChatId = record.ChatId,
            Provider = provider,
            Tokens = new TokenSet { AccessToken = default },
            AccountId = record.IntegrationId.ToString("N"),
        }, null, ct);
        return written.Outcome == ConnectOutcome.Connected
            ? await GoLiveAsync(provider, written.Integration!, ct)
            : new ChannelOutcome
            {
                Type = record.Type,
                Status = ChannelStatus.Failed,
                Key = record.Key,
                Errors = written.DetailsErrors,
                Error = Refusal.New(ProviderErrorKind.InvalidRequest, "not_connected", $"The channel could not connect itself: {written.Outcome}."),
            };
    }

    private async Task<ChannelOutcome> GoLiveAsync(IIntegrationProvider provider, StoredIntegration stored, CancellationToken ct)
    {
        var result = await channels.GoLiveAsync(provider, stored, ct);
        return new ChannelOutcome
        {
            Type = stored.Record.Type,
            Status = result.Succeeded ? ChannelStatus.Live : ChannelStatus.Failed,
            Key = stored.Record.Key,
            Error = result.Error,
            Warnings = result.Warnings,
        };
    }
}
