namespace Integrations.Benchmarks.Scale;

/// <summary>Fills the tables inside the server: nothing has to cross the wire.</summary>
internal static class ScaleFill
{
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
        // A conversation each. A thousand of them have a message waiting; theirs are the counters that are raised.
        yield return
            $"""
            INSERT INTO integration_lanes (lane, integration_id, due_at, token, lease_owner, lease_until)
            SELECT 'in:' || n, {id}, CASE WHEN waits THEN now() + interval '1 day' END, 1, 'bench', CASE WHEN waits THEN now() + interval '1 day' END
            FROM {numbers}, LATERAL (SELECT {Flush.PickedSql("n", count)} AS waits) AS picked
            """;
        yield return
            $$"""
            INSERT INTO integration_messages (message_id, integration_id, client_id, direction, lane, dedupe_key, contact_id, kind, payload, state, attempts, received_at)
            SELECT {{id}}, {{id}}, {{client}}, 0, 'in:' || n, 'in:' || n, 'ann', 'message', '{"text":"Hello"}', CASE WHEN waits THEN 0 ELSE 1 END, 0, {{epoch}}
            FROM {{numbers}}, LATERAL (SELECT {{Flush.PickedSql("n", count)}} AS waits) AS picked WHERE waits OR n % 10 = 3
            """;
        yield return "VACUUM ANALYZE";
        yield return "CHECKPOINT";
    }
}
