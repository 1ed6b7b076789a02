using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Records;

/// <summary>Claims accounts. The primary key of <c>integration_accounts</c> decides between two at once.</summary>
internal static class AccountClaims
{
    public static async Task<(ConnectionCommitOutcome Outcome, IntegrationKey? PreviousOwner)> ClaimAsync(
        DbContext db, ConnectionCommit commit, CancellationToken ct)
    {
        var mine = commit.Key.IntegrationId;
        var claim = db.Set<AccountRow>().Where(a => a.Type == commit.Type && a.AccountId == commit.AccountId);
        var owner = await claim.SingleOrDefaultAsync(ct);
        if (owner is not null && owner.IntegrationId != mine && commit.ClaimPolicy == AccountClaimPolicy.Reject)
            return (ConnectionCommitOutcome.AccountTaken, null);

        // An integration has one account: connecting another gives the old one up.
        await db.Set<AccountRow>().Where(a => a.IntegrationId == mine && a.AccountId != commit.AccountId).ExecuteDeleteAsync(ct);
        if (owner is null)
        {
            db.Add(new AccountRow { Type = commit.Type, AccountId = commit.AccountId, IntegrationId = mine, ClientId = commit.Key.ClientId });
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            return (ConnectionCommitOutcome.Committed, null);
        }

        if (owner.IntegrationId == mine)
            return (ConnectionCommitOutcome.Committed, null);
        var moved = await claim.Where(a => a.IntegrationId == owner.IntegrationId).ExecuteUpdateAsync(
            s => s.SetProperty(a => a.IntegrationId, mine).SetProperty(a => a.ClientId, commit.Key.ClientId), ct);
        if (moved == 0) // It changed hands between the two statements: the whole commit is read and decided again.
            return (ConnectionCommitOutcome.Conflict, null);
        var previous = new IntegrationKey(owner.ClientId, owner.IntegrationId);
        await ConnectionWriter.DisconnectAsync(db, previous, details: null, commit.At, "Another integration connected its account.", ct);
        return (ConnectionCommitOutcome.Committed, previous);
    }
}
