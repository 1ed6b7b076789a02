namespace Integrations.EntityFramework.Dialects;

/// <content>Refreshes.</content>
internal sealed partial class PostgreSqlStatements
{
    /// <summary>
    /// What another sweep is taking at this moment is left to it. Paused integrations, deployed once and not live, are left out.
    /// </summary>
    private static string ClaimDueSql(MappedTable<IntegrationRecord> i, MappedTable<ConnectionRecord> c) =>
        $"""
        WITH due AS (
            SELECT c.{c[nameof(ConnectionRecord.IntegrationId)]} AS id, c.{c[nameof(ConnectionRecord.RefreshLeaseOwner)]} AS holder
            FROM {c} c JOIN {i} i ON i.{i[nameof(IntegrationRecord.IntegrationId)]} = c.{c[nameof(ConnectionRecord.IntegrationId)]}
            WHERE c.{c[nameof(ConnectionRecord.RefreshDueAt)]} <= @before
                AND c.{c[nameof(ConnectionRecord.State)]} IN ({c.Literal(nameof(ConnectionRecord.State), ConnectionState.Connected)}, {c.Literal(nameof(ConnectionRecord.State), ConnectionState.Degraded)})
                AND (c.{c[nameof(ConnectionRecord.RefreshLeaseUntil)]} IS NULL OR c.{c[nameof(ConnectionRecord.RefreshLeaseUntil)]} <= now()
                    OR c.{c[nameof(ConnectionRecord.RefreshLeaseOwner)]} = @owner)
                AND i.{i[nameof(IntegrationRecord.Type)]} = @type
                AND (i.{i[nameof(IntegrationRecord.IsLive)]} OR i.{i[nameof(IntegrationRecord.DeployedAt)]} IS NULL)
            ORDER BY c.{c[nameof(ConnectionRecord.RefreshDueAt)]} LIMIT @max FOR UPDATE OF c SKIP LOCKED
        ), taken AS (
            UPDATE {c} c SET {c[nameof(ConnectionRecord.RefreshLeaseOwner)]} = @owner, {c[nameof(ConnectionRecord.RefreshLeaseUntil)]} = now() + @lease
            FROM due d WHERE c.{c[nameof(ConnectionRecord.IntegrationId)]} = d.id
            RETURNING d.id, d.holder IS NOT NULL AND d.holder <> @owner AS took_over, c.{c[nameof(ConnectionRecord.RefreshDueAt)]} AS due_at
        )
        SELECT id, took_over FROM taken ORDER BY due_at
        """;

    /// <summary>
    /// The row of the connection, written under the condition of the version, is the lock of its integration; the second table
    /// follows from it. Patches are laid over the details as they are then. A connection that is connected since this very write has
    /// recovered with it.
    /// </summary>
    private static string CommitRefreshesSql(MappedTable<IntegrationRecord> i, MappedTable<ConnectionRecord> c)
    {
        var connected = c.Literal(nameof(ConnectionRecord.State), ConnectionState.Connected);
        var broken = c.Literal(nameof(ConnectionRecord.State), ConnectionState.Degraded) + ", " + c.Literal(nameof(ConnectionRecord.State), ConnectionState.ReconnectRequired);
        return $"""
            WITH batch AS (
                SELECT * FROM unnest(@ids, @clients, @versions, @tokens, @refreshes, @expiries, @ends, @consents, @dues, @scopes, @patches, @times)
                    AS b(id, client, version, token, refresh, expires, ends, consent, due, scopes, patch, at)
            ), written AS (
                UPDATE {c} c SET
                    {c[nameof(ConnectionRecord.TokenVersion)]} = c.{c[nameof(ConnectionRecord.TokenVersion)]} + 1,
                    {c[nameof(ConnectionRecord.ConfigurationVersion)]} = c.{c[nameof(ConnectionRecord.ConfigurationVersion)]} + CASE WHEN b.patch IS NULL THEN 0 ELSE 1 END,
                    {c[nameof(ConnectionRecord.StateSince)]} = CASE WHEN c.{c[nameof(ConnectionRecord.State)]} IN ({broken}) THEN b.at ELSE c.{c[nameof(ConnectionRecord.StateSince)]} END,
                    {c[nameof(ConnectionRecord.StateReason)]} = CASE WHEN c.{c[nameof(ConnectionRecord.State)]} IN ({broken}) THEN NULL ELSE c.{c[nameof(ConnectionRecord.StateReason)]} END,
                    {c[nameof(ConnectionRecord.State)]} = CASE WHEN c.{c[nameof(ConnectionRecord.State)]} IN ({broken}) THEN {connected} ELSE c.{c[nameof(ConnectionRecord.State)]} END,
                    {c[nameof(ConnectionRecord.GrantedScopes)]} = COALESCE(b.scopes, c.{c[nameof(ConnectionRecord.GrantedScopes)]}),
                    {c[nameof(ConnectionRecord.TokenIssuedAt)]} = b.at,
                    {c[nameof(ConnectionRecord.RefreshTokenExpiresAt)]} = b.ends,
                    {c[nameof(ConnectionRecord.ConsentExpiresAt)]} = COALESCE(b.consent, c.{c[nameof(ConnectionRecord.ConsentExpiresAt)]}),
                    {c[nameof(ConnectionRecord.RefreshDueAt)]} = b.due,
                    {c[nameof(ConnectionRecord.RefreshLeaseOwner)]} = NULL,
                    {c[nameof(ConnectionRecord.RefreshLeaseUntil)]} = NULL,
                    {c[nameof(ConnectionRecord.RefreshFailureCount)]} = 0,
                    {c[nameof(ConnectionRecord.RefreshFailingSince)]} = NULL
                FROM batch b
                WHERE c.{c[nameof(ConnectionRecord.IntegrationId)]} = b.id AND c.{c[nameof(ConnectionRecord.ClientId)]} = b.client
                    AND c.{c[nameof(ConnectionRecord.TokenVersion)]} = b.version
                RETURNING b.*, c.{c[nameof(ConnectionRecord.State)]} = {connected} AND c.{c[nameof(ConnectionRecord.StateSince)]} = b.at AS recovered
            )
            UPDATE {i} i SET
                {i[nameof(IntegrationRecord.AuthToken)]} = w.token,
                {i[nameof(IntegrationRecord.RefreshToken)]} = COALESCE(w.refresh, i.{i[nameof(IntegrationRecord.RefreshToken)]}),
                {i[nameof(IntegrationRecord.TokenExpiresAt)]} = w.expires,
                {i[nameof(IntegrationRecord.Details)]} = CASE WHEN w.patch IS NULL THEN i.{i[nameof(IntegrationRecord.Details)]} ELSE i.{i[nameof(IntegrationRecord.Details)]} || w.patch::jsonb END,
                {i[nameof(IntegrationRecord.IsActive)]} = CASE WHEN w.recovered THEN i.{i[nameof(IntegrationRecord.IsLive)]} ELSE i.{i[nameof(IntegrationRecord.IsActive)]} END,
                {i[nameof(IntegrationRecord.ErrorCount)]} = 0,
                {i[nameof(IntegrationRecord.LastError)]} = NULL,
                {i[nameof(IntegrationRecord.LastSyncedAt)]} = w.at,
                {i[nameof(IntegrationRecord.UpdatedAt)]} = w.at
            FROM written w WHERE i.{i[nameof(IntegrationRecord.IntegrationId)]} = w.id
            RETURNING w.id, w.recovered
            """;
    }
}
