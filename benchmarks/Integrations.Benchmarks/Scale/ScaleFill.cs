namespace Integrations.Benchmarks.Scale;

/// <summary>Fills the tables inside the server: nothing has to cross the wire.</summary>
internal static class ScaleFill
{
    // As many in every database, so that what is compared differs in its integrations alone.
    private const int Conversations = 10_000;

    public static IEnumerable<string> Statements(int count)
    {
        var clients = count / ScaleRows.PerClient;
        var id = ScaleRows.IdSql("n", 1);
        var client = ScaleRows.IdSql(ScaleRows.ScatterSql($"n % {clients}"), 2);
        var chat = ScaleRows.IdSql(ScaleRows.ScatterSql("n"), 3);
        var account = $"'1045' || lpad({ScaleRows.ScatterSql("n")}::text, 12, '0')";
        var epoch = $"'{ScaleRows.Epoch:O}'::timestamptz";
        var numbers = $"generate_series(0, {count - 1}) AS n";
        yield return
            $$"""
            INSERT INTO integrations (integration_id, client_id, chat_id, integration_type, status, created_at, updated_at, last_synced,
                auth_token, refresh_token, token_expires_at, integration_details, error_count, is_active, deployment_date, message_count, user_count)
            SELECT {{id}}, {{client}}, {{chat}}, 'facebook', true, {{epoch}}, {{epoch}}, {{epoch}},
                repeat(md5(n::text), 7), repeat(md5((-n)::text), 7), {{epoch}} + interval '60 days',
                jsonb_build_object('page_id', {{account}}, 'page_name', 'Page ' || n, 'welcome_message', 'Hello! How can we help you today?', 'page_access_token', repeat(md5(n::text), 7)),
                0, true, {{epoch}}, 12, 3
            FROM {{numbers}}
            """;
        yield return
            $$"""
            INSERT INTO integration_connections (integration_id, client_id, state, state_since, account_id, account_name, authorized_user_id,
                granted_scopes, configuration_version, token_version, token_issued_at, refresh_token_expires_at, refresh_due_at, refresh_failure_count)
            SELECT {{id}}, {{client}}, 'connected', {{epoch}}, {{account}}, 'Page ' || n, 'user-' || n / 3,
                'pages_messaging pages_show_list pages_manage_metadata', 1, 1, {{epoch}}, {{epoch}} + interval '60 days',
                {{epoch}} + make_interval(secs => {{ScaleRows.ScatterSql("n")}} % {{count}}), 0
            FROM {{numbers}}
            """;
        yield return $"INSERT INTO integration_accounts (integration_type, account_id, integration_id, client_id) SELECT 'facebook', {account}, {id}, {client} FROM {numbers}";
        // A thousand of the conversations have a message waiting; those are the counters that are raised.
        var waits = Flush.PickedSql("n", count);
        foreach (var statement in ConversationsOf(numbers, $"{waits} OR n < {Conversations}", waits))
            yield return statement;
        yield return "VACUUM ANALYZE";
        yield return "CHECKPOINT";
    }

    /// <summary>A conversation for every integration that has none yet, and a message in a tenth of them.</summary>
    public static IEnumerable<string> MoreConversations(int count)
    {
        foreach (var statement in ConversationsOf($"generate_series({Conversations}, {count - 1}) AS n", $"NOT ({Flush.PickedSql("n", count)})", "false"))
            yield return statement;
        yield return "VACUUM ANALYZE";
        yield return "CHECKPOINT";
    }

    private static IEnumerable<string> ConversationsOf(string numbers, string condition, string waits)
    {
        var id = ScaleRows.IdSql("n", 1);
        yield return
            $"""
            INSERT INTO integration_lanes (lane, integration_id, due_at, token, lease_owner, lease_until)
            SELECT 'in:' || n, {id}, CASE WHEN {waits} THEN now() + interval '1 day' END, 1, 'bench', CASE WHEN {waits} THEN now() + interval '1 day' END
            FROM {numbers} WHERE {condition}
            """;
        yield return
            $$"""
            INSERT INTO integration_messages (message_id, integration_id, client_id, direction, lane, dedupe_key, contact_id, kind, payload, state, attempts, received_at)
            SELECT {{id}}, {{id}}, {{id}}, 0, 'in:' || n, 'in:' || n, 'ann', 'message', '{"text":"Hello"}', CASE WHEN {{waits}} THEN 0 ELSE 1 END, 0, now()
            FROM {{numbers}} WHERE {{waits}} OR ({{condition}} AND n % 10 = 3)
            """;
    }
}
