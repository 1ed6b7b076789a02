using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Writes fresh connections: details merged and validated, secrets sealed, account claimed, event raised.</summary>
internal sealed class ConnectionWriter(
    IIntegrationStore store,
    IMessageInbox inbox,
    ISecretProtector protector,
    DetailsSealer sealer,
    ConnectionTransitions transitions,
    IOptions<IntegrationsOptions> options,
    TimeProvider time)
{
    private const int MaxAttempts = 5;

    /// <summary>Writes one. Repeats itself when someone else changed the integration meanwhile.</summary>
    /// <param name="draft">What to write.</param>
    /// <param name="claim">Called once before the write, when all else is well; false gives up as replayed. Null for none.</param>
    /// <param name="ct">Cancels up to the write.</param>
    /// <exception cref="IntegrationException">Others changed the integration again and again.</exception>
    public async Task<ConnectionWriteResult> WriteAsync(ConnectionDraft draft, Func<CancellationToken, Task<bool>>? claim, CancellationToken ct)
    {
        var issuedAt = time.GetUtcNow();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var stored = await store.FindAsync(draft.ClientId, draft.ChatId, draft.Type, ct);
            var key = stored?.Record.Key ?? new IntegrationKey(draft.ClientId, Guid.CreateVersion7(issuedAt));
            if (!draft.AllowAccountSwitch && stored?.Connection.AccountId is { } connected && connected != draft.AccountId)
                return new ConnectionWriteResult { Outcome = ConnectOutcome.AccountMismatch, Integration = stored };
            var validation = await ValidateAsync(draft, stored, key, ct);
            if (!validation.IsValid)
                return new ConnectionWriteResult { Outcome = ConnectOutcome.InvalidDetails, DetailsErrors = validation.Errors };
            if (await IsTakenAsync(draft, key, ct))
                return ConnectionWriteResult.AccountTaken;
            if (claim is not null)
            {
                if (!await claim(ct))
                    return new ConnectionWriteResult { Outcome = ConnectOutcome.StateReplayed };
                claim = null;
            }

            // From here on the caller's cancellation no longer counts: the grant is in hand and would be lost.
            var result = await store.CommitConnectionAsync(Commit(draft, stored, key, validation.Details, issuedAt), CancellationToken.None);
            if (result.Outcome == ConnectionCommitOutcome.AccountTaken)
                return ConnectionWriteResult.AccountTaken;
            if (result.Outcome == ConnectionCommitOutcome.Committed)
                return await TellAsync(key, stored, result.PreviousOwner, draft.Provider.Descriptor);
        }

        throw new IntegrationException(IntegrationErrorKind.Conflict,
            $"The {draft.Type} integration of chat {draft.ChatId} was changed by others {MaxAttempts} times while it was being connected. Connect again.")
        { Type = draft.Type };
    }

    private async Task<DetailsValidationResult> ValidateAsync(ConnectionDraft draft, StoredIntegration? stored, IntegrationKey key, CancellationToken ct)
    {
        var descriptor = draft.Provider.Descriptor;
        JsonObject details = [];
        if (stored is not null)
            // Secrets that cannot be opened drop out: the connection brings new ones.
            sealer.TryOpen(stored.Record.Details, descriptor.SecretDetails, key, out details);
        foreach (var (name, value) in draft.Tokens.Details ?? [])
            details[name] = value?.DeepClone();
        var validation = await draft.Provider.ValidateDetailsAsync(new DetailsValidationContext { Json = details.ToJsonString(), IsConnected = true }, ct);
        if (validation.IsValid && validation.Details.ContainsKey(WellKnownDetails.Scopes))
            validation.Details[WellKnownDetails.Scopes] = new JsonArray([.. draft.GrantedScopes.Select(s => (JsonNode)s)]);
        return validation;
    }

    private async Task<bool> IsTakenAsync(ConnectionDraft draft, IntegrationKey key, CancellationToken ct) =>
        options.Value.AccountClaimPolicy == AccountClaimPolicy.Reject
        && (await store.FindOwnersAsync(draft.Type, [draft.AccountId], ct)).Any(o => o.Key != key);

    private ConnectionCommit Commit(ConnectionDraft draft, StoredIntegration? stored, IntegrationKey key, JsonObject details, DateTimeOffset issuedAt)
    {
        var (tokens, descriptor) = (draft.Tokens, draft.Provider.Descriptor);
        return new ConnectionCommit
        {
            Key = key,
            ChatId = draft.ChatId,
            Type = draft.Type,
            AccountId = draft.AccountId,
            AccountName = tokens.AccountName,
            AuthorizedUserId = draft.AuthorizedUserId,
            GrantedScopes = draft.GrantedScopes,
            AuthToken = Seal(tokens.AccessToken, key, SecretFields.AuthToken),
            RefreshToken = Seal(tokens.RefreshToken, key, SecretFields.RefreshToken),
            TokenExpiresAt = (issuedAt + tokens.ExpiresIn)?.UtcDateTime,
            RefreshTokenExpiresAt = (issuedAt + tokens.RefreshTokenExpiresIn)?.UtcDateTime,
            ConsentExpiresAt = draft.ConsentExpiresAt?.UtcDateTime,
            RefreshDueAt = RefreshSchedule.DueAt(tokens, descriptor.Refresh, issuedAt)?.UtcDateTime,
            Details = sealer.Seal(details, descriptor.SecretDetails, key),
            ExpectedVersion = stored?.Connection.ConfigurationVersion,
            ClaimPolicy = options.Value.AccountClaimPolicy,
            At = issuedAt.UtcDateTime,
            Event = transitions.EventOf(ConnectionCause.AccountConnected, tokens.AccountName),
            PreviousOwnerEvent = transitions.EventOf(ConnectionCause.AccountTransferred, tokens.AccountName),
        };
    }

    private string? Seal(Secret secret, IntegrationKey key, string field) =>
        secret.IsEmpty ? null : protector.Protect(secret, new SecretScope(key, field));

    private async Task<ConnectionWriteResult> TellAsync(
        IntegrationKey key, StoredIntegration? before, IntegrationKey? previousOwner, IntegrationDescriptor descriptor)
    {
        transitions.Wake();
        if (previousOwner is { } lost)
            await StripAsync(lost, descriptor);

        var after = await store.FindAsync(key) ?? throw new IntegrationException(IntegrationErrorKind.NotFound,
            "The integration was deleted while it was being connected. Connect again.") { Type = descriptor.Type, IntegrationId = key.IntegrationId };
        // What was kept until the owner connects again goes out now.
        if (before is not null)
            await inbox.WakeAsync(key);
        return new ConnectionWriteResult { Outcome = ConnectOutcome.Connected, Integration = after, Before = before };
    }

    /// <summary>
    /// Pauses an integration that lost its account, and takes the secrets out of its details: the store knows no names of them.
    /// Again if its owner saves meanwhile: that form was read with the secrets in it.
    /// </summary>
    private async Task StripAsync(IntegrationKey key, IntegrationDescriptor descriptor)
    {
        await store.SetLiveAsync(key, false, time.GetUtcNow().UtcDateTime);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var lost = await store.FindAsync(key);
            if (lost is not { Connection.State: ConnectionState.Disconnected } || !DetailsSealer.HasSecrets(lost.Record.Details, descriptor.SecretDetails))
                return;
            await store.SaveConfigurationsAsync([new ConfigurationChange
            {
                Key = key,
                ChatId = lost.Record.ChatId,
                Type = lost.Record.Type,
                Details = sealer.Strip(lost.Record.Details, descriptor.SecretDetails, key),
                ExpectedVersion = lost.Connection.ConfigurationVersion,
                At = time.GetUtcNow().UtcDateTime,
            }]);
        }
    }
}
