using Integrations.EntityFramework.Events;
using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Records;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <content>Configuration and connection.</content>
internal sealed partial class EntityFrameworkIntegrationStore
{
    public Task<bool> SaveConfigurationsAsync(IReadOnlyList<ConfigurationChange> changes, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return database.TransactAsync(
            async (db, token) =>
            {
                // In one order everywhere, so that two deployments of the same channels wait for each other instead of deadlocking.
                foreach (var change in changes.OrderBy(c => c.Key.IntegrationId))
                    if (!await SaveAsync(db, change, token))
                        return Decision.RollBack(false);
                return Decision.Commit(true);
            },
            ct);
    }

    public Task<ConnectionCommitResult> CommitConnectionAsync(ConnectionCommit commit, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return database.TransactAsync(
            async (db, token) =>
            {
                if (!await ConnectionWriter.WriteAsync(db, commit, token))
                    return Decision.RollBack(new ConnectionCommitResult { Outcome = ConnectionCommitOutcome.Conflict });
                var claim = await AccountClaims.ClaimAsync(db, commit, token);
                var result = new ConnectionCommitResult { Outcome = claim.Outcome, PreviousOwner = claim.PreviousOwner };
                if (claim.Outcome != ConnectionCommitOutcome.Committed)
                    return Decision.RollBack(result);
                if (claim.PreviousOwner is { } loser)
                    await db.AddEventAsync(loser, commit.PreviousOwnerEvent, token);
                await db.AddEventAsync(commit.Key, commit.Event, token);
                return Decision.Commit(result);
            },
            ct);
    }

    public Task<bool> DisconnectAsync(IntegrationKey key, string details, DateTime at, NewEvent? newEvent = null, CancellationToken ct = default) =>
        database.TransactAsync(
            async (db, token) =>
            {
                if (!await ConnectionWriter.DisconnectAsync(db, key, details, at, reason: null, token))
                    return Decision.RollBack(false);
                await db.Set<AccountRow>().Where(a => a.IntegrationId == key.IntegrationId).ExecuteDeleteAsync(token);
                await db.AddEventAsync(key, newEvent, token);
                return Decision.Commit(true);
            },
            ct);

    private static async Task<bool> SaveAsync(DbContext db, ConfigurationChange change, CancellationToken ct)
    {
        if (change.ExpectedVersion is not { } version)
            return await NewIntegration.AddAsync(db, change.Key, change.ChatId, change.Type, change.Details, change.At, ct);
        if (await db.Of(change.Key).Where(c => c.ConfigurationVersion == version)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.ConfigurationVersion, c => c.ConfigurationVersion + 1), ct) == 0)
            return false;
        return await db.RecordOf(change.Key, change.ChatId, change.Type).ExecuteUpdateAsync(
            s => s.SetProperty(i => i.Details, change.Details).SetProperty(i => i.UpdatedAt, change.At), ct) == 1;
    }
}
