using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Records;

/// <summary>Writes and wipes connections. Called inside a transaction.</summary>
internal static class ConnectionWriter
{
    /// <summary>False if the integration was created or changed since it was read.</summary>
    public static async Task<bool> WriteAsync(DbContext db, ConnectionCommit commit, CancellationToken ct)
    {
        if (commit.ExpectedVersion is null
            && !await NewIntegration.AddAsync(db, commit.Key, commit.ChatId, commit.Type, commit.Details, commit.At, ct))
            return false;
        var version = commit.ExpectedVersion ?? 1;
        var next = commit.ExpectedVersion is null ? version : version + 1;
        var scopes = string.Join(' ', commit.GrantedScopes);
        var issuedAt = commit.AuthToken is null ? (DateTime?)null : commit.At;
        if (await db.Of(commit.Key).Where(c => c.ConfigurationVersion == version).ExecuteUpdateAsync(
                s => s.SetProperty(c => c.ConfigurationVersion, next)
                    .SetProperty(c => c.TokenVersion, c => c.TokenVersion + 1)
                    .SetProperty(c => c.StateSince, c => c.State == ConnectionState.Connected ? c.StateSince : commit.At)
                    .SetProperty(c => c.State, ConnectionState.Connected)
                    .SetProperty(c => c.StateReason, (string?)null)
                    .SetProperty(c => c.AccountId, commit.AccountId)
                    .SetProperty(c => c.AccountName, commit.AccountName)
                    .SetProperty(c => c.AuthorizedUserId, commit.AuthorizedUserId)
                    .SetProperty(c => c.GrantedScopes, scopes)
                    .SetProperty(c => c.TokenIssuedAt, issuedAt)
                    .SetProperty(c => c.RefreshTokenExpiresAt, commit.RefreshTokenExpiresAt)
                    .SetProperty(c => c.ConsentExpiresAt, commit.ConsentExpiresAt)
                    .SetProperty(c => c.RefreshDueAt, commit.RefreshDueAt)
                    .EndRefresh(),
                ct) == 0)
            return false;
        return await db.RecordOf(commit.Key, commit.ChatId, commit.Type).ExecuteUpdateAsync(
            s => s.SetProperty(i => i.AuthToken, commit.AuthToken)
                .SetProperty(i => i.RefreshToken, commit.RefreshToken)
                .SetProperty(i => i.TokenExpiresAt, commit.TokenExpiresAt)
                .SetProperty(i => i.Details, commit.Details)
                .SetProperty(i => i.IsActive, i => i.IsLive)
                .SetProperty(i => i.ErrorCount, 0)
                .SetProperty(i => i.LastError, (string?)null)
                .SetProperty(i => i.LastSyncedAt, commit.At)
                .SetProperty(i => i.UpdatedAt, commit.At),
            ct) == 1;
    }

    /// <summary>
    /// Wipes tokens and grant; details too if new ones are given. Both versions rise, so that neither a refresh nor a form that
    /// began before brings anything back.
    /// </summary>
    public static async Task<bool> DisconnectAsync(
        DbContext db, IntegrationKey key, string? details, DateTime at, string? reason, CancellationToken ct)
    {
        if (await db.Of(key).Where(c => c.State != ConnectionState.Disconnected).ExecuteUpdateAsync(
                s => s.SetProperty(c => c.State, ConnectionState.Disconnected)
                    .SetProperty(c => c.StateReason, reason)
                    .SetProperty(c => c.StateSince, at)
                    .SetProperty(c => c.ConfigurationVersion, c => c.ConfigurationVersion + 1)
                    .SetProperty(c => c.TokenVersion, c => c.TokenVersion + 1)
                    .SetProperty(c => c.AccountId, (string?)null)
                    .SetProperty(c => c.AccountName, (string?)null)
                    .SetProperty(c => c.GrantedScopes, string.Empty)
                    .SetProperty(c => c.TokenIssuedAt, (DateTime?)null)
                    .SetProperty(c => c.RefreshTokenExpiresAt, (DateTime?)null)
                    .SetProperty(c => c.ConsentExpiresAt, (DateTime?)null)
                    .SetProperty(c => c.RefreshDueAt, (DateTime?)null)
                    .EndRefresh(),
                ct) == 0)
            return false;
        await db.RecordOf(key).ExecuteUpdateAsync(
            s =>
            {
                s.SetProperty(i => i.AuthToken, (string?)null)
                    .SetProperty(i => i.RefreshToken, (string?)null)
                    .SetProperty(i => i.TokenExpiresAt, (DateTime?)null)
                    .SetProperty(i => i.IsActive, false)
                    .SetProperty(i => i.UpdatedAt, at);
                if (details is not null)
                    s.SetProperty(i => i.Details, details);
            },
            ct);
        return true;
    }
}
