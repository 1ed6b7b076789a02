using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>
/// Carries deletion requests out: takes one, wipes the tokens of all its integrations, then erases one after the other and notes how
/// far it is. A host that dies leaves the rest to the next one.
/// </summary>
internal sealed class DeletionRunner(
    IDeletionStore store, IIntegrationStore integrations, Disconnector disconnector, DataEraser eraser, EventPublisher events, TimeProvider time, ILogger<DeletionRunner> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly string _owner = Guid.CreateVersion7().ToString("N");

    /// <summary>Takes and carries out one. False if there is none.</summary>
    public async Task<bool> RunOneAsync(CancellationToken ct)
    {
        if (await store.LeaseAsync(_owner, time.GetUtcNow().UtcDateTime, Lease, ct) is not { } deletion)
            return false;
        var targets = DeletionRequests.Read(deletion.Targets);
        // Tokens first, everywhere: from here on nothing new comes in.
        foreach (var key in targets)
            if (await integrations.FindAsync(key, ct) is { } stored && !IsReconnected(stored, deletion))
                await disconnector.WipeAsync(stored);

        while (targets.Count > 0)
            if (!await EraseNextAsync(deletion, targets, ct))
                return true;
        if (deletion.Targets.Length == 0)
            await ReportAsync(deletion, targets, 0, 0, 0);
        MaintenanceLog.DeletionDone(logger, deletion.Type, deletion.DeletionId);
        return true;
    }

    private async Task<bool> EraseNextAsync(DataDeletion deletion, List<IntegrationKey> targets, CancellationToken ct)
    {
        var key = targets[0];
        var stored = await integrations.FindAsync(key, ct);
        if (stored is not null)
        {
            if (!await eraser.EraseAsync(key, (contacts, messages) => ReportAsync(deletion, targets, 0, contacts, messages), ct))
                return false;
            // Before it is noted, under a key of its own: told once, also when a host dies in between.
            await events.AppendAsync(
                key, IntegrationEventKind.DataDeleted, new EventData { AccountName = stored.Connection.AccountName }, $"deletion:{deletion.DeletionId:N}", ct);
        }

        await integrations.ForgetAuthorizedUserAsync(key, ct);
        targets.RemoveAt(0);
        return await ReportAsync(deletion, targets, stored is null ? 0 : 1, 0, 0);
    }

    /// <summary>Someone connected it after the request: the new grant is not what was asked about. What was kept before goes all the same.</summary>
    private static bool IsReconnected(StoredIntegration stored, DataDeletion deletion) => stored.Connection.TokenIssuedAt > deletion.RequestedAt;

    private Task<bool> ReportAsync(DataDeletion deletion, List<IntegrationKey> targets, int done, long contacts, long messages) => store.ReportAsync(
        deletion.DeletionId, _owner, new DeletionProgress
        {
            Targets = DeletionRequests.Write(targets),
            Integrations = done,
            Contacts = contacts,
            Messages = messages,
            CompletedAt = targets.Count == 0 ? time.GetUtcNow().UtcDateTime : null,
            Lease = Lease,
        }, CancellationToken.None);
}
