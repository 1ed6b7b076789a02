namespace Integrations;

/// <inheritdoc cref="IIntegrationDeployer"/>
internal sealed class IntegrationDeployer(
    ProviderRegistry providers,
    ChannelPlanner planner,
    ChannelActivation activation,
    ChannelSwitch channels,
    IIntegrationStore store,
    DetailsSealer sealer,
    TimeProvider time) : IIntegrationDeployer
{
    private const int MaxAttempts = 5;

    public async Task<DeploymentPlan> PlanAsync(DeploymentRequest request, CancellationToken ct = default) =>
        new() { Channels = [.. (await planner.DraftAsync(request, ct)).Select(d => d.ToPlan())] };

    public async Task<DeploymentResult> DeployAsync(DeploymentRequest request, CancellationToken ct = default)
    {
        var drafts = await planner.DraftAsync(request, ct);
        for (var attempt = 1; ; attempt++)
        {
            if (!drafts.All(d => d.IsValid))
                return new DeploymentResult { Channels = [.. drafts.Select(NothingWritten)] };
            if (await SaveAsync(request, drafts, ct))
                break;
            if (attempt == MaxAttempts)
                throw new IntegrationException(IntegrationErrorKind.Conflict,
                    $"The integrations of chat {request.ChatId} were changed by others {MaxAttempts} times while they were being deployed. Deploy again.");
            drafts = await planner.DraftAsync(request, ct);
        }

        var result = await activation.RunAsync(request, [.. drafts.Select(d => d.Provider!)], ct);
        if (result.AgentIsLive)
            await channels.TellSinkAsync(request.ClientId, request.ChatId);
        return result;
    }

    public async Task<ProviderResult> PauseAsync(IntegrationKey key, CancellationToken ct = default)
    {
        var stored = await store.FindAsync(key, ct) ?? throw ChannelSwitch.NotFound(key);
        return await channels.PauseAsync(providers.Find(stored.Record.Type), stored, ct);
    }

    public async Task<ProviderResult> ResumeAsync(IntegrationKey key, CancellationToken ct = default)
    {
        var stored = await store.FindAsync(key, ct) ?? throw ChannelSwitch.NotFound(key);
        if (providers.WhyNot(stored.Record.Type) is { } reason)
            return ProviderResult.Failed(reason);
        if (ChannelSwitch.NeedsAuthorization(stored.Connection.State))
            return ProviderResult.Failed(Refusal.New(ProviderErrorKind.ReconnectRequired, "not_connected", "No account is connected. Connect one, then it can go live."));
        var result = await channels.GoLiveAsync(providers.Get(stored.Record.Type), stored, ct);
        if (result.Succeeded)
            await channels.TellSinkAsync(key.ClientId, stored.Record.ChatId);
        return result;
    }

    private async Task<bool> SaveAsync(DeploymentRequest request, IReadOnlyList<ChannelDraft> drafts, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var changes = drafts.Where(d => d.Action is ChannelAction.Create or ChannelAction.Update).Select(d =>
        {
            var key = d.Stored?.Record.Key ?? new IntegrationKey(request.ClientId, Guid.CreateVersion7(now));
            return new ConfigurationChange
            {
                Key = key,
                ChatId = request.ChatId,
                Type = d.Type,
                Details = sealer.Seal(d.Details, d.Provider!.Descriptor.SecretDetails, key),
                ExpectedVersion = d.Stored?.Connection.ConfigurationVersion,
                At = now.UtcDateTime,
            };
        }).ToList();
        return changes.Count == 0 || await store.SaveConfigurationsAsync(changes, ct);
    }

    private static ChannelOutcome NothingWritten(ChannelDraft draft) => new()
    {
        Type = draft.Type,
        Status = draft.Error == Refusal.ChangedMeanwhile ? ChannelStatus.ChangedMeanwhile
            : draft.Error is not null ? ChannelStatus.Failed : draft.Errors.Count > 0 ? ChannelStatus.Invalid : ChannelStatus.NotAttempted,
        Key = draft.Stored?.Record.Key,
        Errors = draft.Errors,
        Error = draft.Error,
    };
}
