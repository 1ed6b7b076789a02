using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>Reads what is stored, lays what is asked for over it, and has the provider check the result. Changes nothing.</summary>
internal sealed class ChannelPlanner(ProviderRegistry providers, IIntegrationStore store, DetailsSealer sealer)
{
    /// <summary>Drafts every channel, also when some are invalid.</summary>
    /// <exception cref="IntegrationException">No channel is given, or one type twice.</exception>
    public async Task<IReadOnlyList<ChannelDraft>> DraftAsync(DeploymentRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Channels.Count == 0)
            throw new IntegrationException(IntegrationErrorKind.InvalidRequest, "The deployment names no channel. Name at least one.");
        if (request.Channels.GroupBy(c => c.Type).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new IntegrationException(IntegrationErrorKind.InvalidRequest, $"The deployment names '{twice.Key}' twice. Name each channel once.") { Type = twice.Key };
        var drafts = new List<ChannelDraft>();
        foreach (var channel in request.Channels)
            drafts.Add(await DraftAsync(request, channel, ct));
        return drafts;
    }

    private async Task<ChannelDraft> DraftAsync(DeploymentRequest request, ChannelDeployment channel, CancellationToken ct)
    {
        if (providers.WhyNot(channel.Type) is { } reason)
            return new ChannelDraft { Type = channel.Type, Error = reason };
        var provider = providers.Get(channel.Type);
        var descriptor = provider.Descriptor;
        var stored = await store.FindAsync(request.ClientId, request.ChatId, channel.Type, ct);

        if (channel.ExpectedVersion is { } expected && expected != (stored?.Connection.ConfigurationVersion ?? 0))
            return new ChannelDraft { Type = channel.Type, Provider = provider, Stored = stored, Error = Refusal.ChangedMeanwhile };

        JsonObject present = [];
        if (stored is not null && !sealer.TryOpen(stored.Record.Details, descriptor.SecretDetails, stored.Record.Key, out present)
            && !ChannelSwitch.NeedsAuthorization(stored.Connection.State))
            return new ChannelDraft { Type = channel.Type, Provider = provider, Stored = stored, Error = Refusal.CredentialsUnreadable };

        JsonObject asked = [];
        if (channel.Details is { } text)
        {
            if (DetailsJson.ReadSent(text, out var unreadable) is not { } sent)
                return new ChannelDraft { Type = channel.Type, Provider = provider, Stored = stored, Errors = [unreadable!] };
            asked = sent;
        }

        var errors = stored?.Connection.AccountId is null ? [] : KeepConnected(asked, present, stored.Connection.AccountId, descriptor);
        var validation = await provider.ValidateDetailsAsync(new DetailsValidationContext
        {
            Json = DetailsJson.Merge(present, asked, descriptor.SecretDetails).ToJsonString(),
            IsConnected = stored?.Connection.AccountId is not null,
        }, ct);
        return new ChannelDraft
        {
            Type = channel.Type,
            Provider = provider,
            Stored = stored,
            Details = validation.Details,
            IsUnchanged = JsonNode.DeepEquals(validation.Details, present),
            Errors = [.. errors, .. validation.Errors],
        };
    }

    /// <summary>
    /// Takes out of a form what only a connect may change once an account is connected: granted scopes, and secrets that came
    /// with the grant. A form that names another account is an error.
    /// </summary>
    private static List<DetailsError> KeepConnected(JsonObject asked, JsonObject present, string accountId, IntegrationDescriptor descriptor)
    {
        if (present.ContainsKey(WellKnownDetails.Scopes))
            asked.Remove(WellKnownDetails.Scopes);
        if (descriptor.Authorization == AuthorizationKind.OAuth2)
            foreach (var name in descriptor.SecretDetails.Where(present.ContainsKey))
                asked.Remove(name);
        return
        [
            .. present.Select(p => p.Key)
                .Where(name => DetailsJson.Text(present, name) == accountId && DetailsJson.Text(asked, name) is { } other && other != accountId)
                .Select(name => new DetailsError
                {
                    Path = $"$.{name}",
                    Code = "account_connected",
                    Message = $"This integration is connected to account {accountId}. Connect again to use another one.",
                }),
        ];
    }
}
