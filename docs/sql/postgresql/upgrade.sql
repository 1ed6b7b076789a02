-- Upgrades the 7-column table integrations in place. May run again. Stop every writer first, and keep a backup: see docs/schema.md.
-- Generated from the mapping; a test compares. One transaction: it happens whole or not at all.

BEGIN;

DO $integrations$
BEGIN
    IF to_regclass('integrations') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'There is no table integrations to upgrade. A new database takes create.sql, or the migration EF Core scaffolds.';
    END IF;
    LOCK TABLE integrations IN ACCESS EXCLUSIVE MODE;
    IF EXISTS (SELECT * FROM integrations WHERE integration_id IS NULL OR client_id IS NULL OR chat_id IS NULL OR integration_type IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'Integrations without an id, client, chat or type cannot be kept. Complete or remove the rows that this query lists; nothing was changed: SELECT * FROM integrations WHERE integration_id IS NULL OR client_id IS NULL OR chat_id IS NULL OR integration_type IS NULL';
    END IF;
    IF EXISTS (SELECT integration_id, integration_type FROM integrations WHERE integration_type !~ '^[a-z0-9]+(-[a-z0-9]+)*$' OR length(integration_type) > 64) THEN
        RAISE EXCEPTION USING MESSAGE = 'Integration types must be lower-case letters, digits and single dashes, such as chat-widget, at most 64. Correct the rows that this query lists; nothing was changed: SELECT integration_id, integration_type FROM integrations WHERE integration_type !~ ''^[a-z0-9]+(-[a-z0-9]+)*$'' OR length(integration_type) > 64';
    END IF;
    IF EXISTS (SELECT client_id, chat_id, integration_type, count(*), array_agg(integration_id) FROM integrations GROUP BY client_id, chat_id, integration_type HAVING count(*) > 1) THEN
        RAISE EXCEPTION USING MESSAGE = 'There is more than one integration of a client, chat and type, which the new unique constraint forbids. Keep one each of what this query lists; nothing was changed: SELECT client_id, chat_id, integration_type, count(*), array_agg(integration_id) FROM integrations GROUP BY client_id, chat_id, integration_type HAVING count(*) > 1';
    END IF;
END $integrations$;

ALTER TABLE integrations
    ADD COLUMN IF NOT EXISTS is_active boolean,
    ADD COLUMN IF NOT EXISTS created_at timestamp with time zone,
    ADD COLUMN IF NOT EXISTS updated_at timestamp with time zone,
    ADD COLUMN IF NOT EXISTS auth_token text,
    ADD COLUMN IF NOT EXISTS refresh_token text,
    ADD COLUMN IF NOT EXISTS token_expires_at timestamp with time zone,
    ADD COLUMN IF NOT EXISTS last_error text,
    ADD COLUMN IF NOT EXISTS error_count integer,
    ADD COLUMN IF NOT EXISTS deployment_date timestamp with time zone,
    ADD COLUMN IF NOT EXISTS message_count integer,
    ADD COLUMN IF NOT EXISTS user_count integer;

DO $integrations$
BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'integrations'::regclass
            AND attname = 'last_synced' AND format_type(atttypid, NULL) IN ('date', 'timestamp without time zone')) THEN
        ALTER TABLE integrations ALTER COLUMN last_synced TYPE timestamp with time zone USING last_synced::timestamp AT TIME ZONE 'UTC';
    END IF;
END $integrations$;

DO $integrations$
DECLARE wrong text;
BEGIN
    SELECT string_agg(format('%s is %s instead of %s', e.name, coalesce(format_type(a.atttypid, NULL), 'missing'), e.type), ', ') INTO wrong
    FROM (VALUES ('integration_id', 'uuid'), ('client_id', 'uuid'), ('chat_id', 'uuid'), ('integration_type', 'text'), ('status', 'boolean'), ('is_active', 'boolean'), ('created_at', 'timestamp with time zone'), ('updated_at', 'timestamp with time zone'), ('last_synced', 'timestamp with time zone'), ('auth_token', 'text'), ('refresh_token', 'text'), ('token_expires_at', 'timestamp with time zone'), ('integration_details', 'jsonb'), ('last_error', 'text'), ('error_count', 'integer'), ('deployment_date', 'timestamp with time zone'), ('message_count', 'integer'), ('user_count', 'integer')) AS e(name, type)
    LEFT JOIN pg_attribute a ON a.attrelid = 'integrations'::regclass AND a.attname = e.name AND NOT a.attisdropped
    WHERE format_type(a.atttypid, NULL) IS DISTINCT FROM e.type;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'Columns of integrations have other types than the specification; nothing was changed: ' || wrong;
    END IF;
END $integrations$;

UPDATE integrations SET
    status = COALESCE(status, false),
    is_active = COALESCE(is_active, false),
    created_at = COALESCE(created_at, LEAST(last_synced, now())),
    updated_at = COALESCE(updated_at, now()),
    integration_details = COALESCE(integration_details, '{}'),
    error_count = COALESCE(error_count, 0),
    message_count = COALESCE(message_count, 0),
    user_count = COALESCE(user_count, 0)
WHERE status IS NULL OR is_active IS NULL OR created_at IS NULL OR updated_at IS NULL OR integration_details IS NULL OR error_count IS NULL OR message_count IS NULL OR user_count IS NULL;

ALTER TABLE integrations
    ALTER COLUMN integration_id SET NOT NULL,
    ALTER COLUMN client_id SET NOT NULL,
    ALTER COLUMN chat_id SET NOT NULL,
    ALTER COLUMN integration_type SET NOT NULL,
    ALTER COLUMN status SET NOT NULL,
    ALTER COLUMN is_active SET NOT NULL,
    ALTER COLUMN created_at SET NOT NULL,
    ALTER COLUMN updated_at SET NOT NULL,
    ALTER COLUMN integration_details SET NOT NULL,
    ALTER COLUMN error_count SET NOT NULL,
    ALTER COLUMN message_count SET NOT NULL,
    ALTER COLUMN user_count SET NOT NULL;

DO $integrations$
DECLARE present name;
BEGIN
    SELECT conname INTO present FROM pg_constraint WHERE conrelid = 'integrations'::regclass AND contype = 'p';
    IF present IS NULL THEN
        ALTER TABLE integrations ADD CONSTRAINT "PK_integrations" PRIMARY KEY (integration_id);
    ELSIF present <> 'PK_integrations' THEN
        EXECUTE format('ALTER TABLE integrations RENAME CONSTRAINT %I TO "PK_integrations"', present);
    END IF;
END $integrations$;

CREATE UNIQUE INDEX IF NOT EXISTS "IX_integrations_client_id_chat_id_integration_type" ON integrations (client_id, chat_id, integration_type);

CREATE INDEX IF NOT EXISTS "IX_integrations_integration_type_token_expires_at" ON integrations (integration_type, token_expires_at) WHERE token_expires_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS integration_connections (
    integration_id uuid NOT NULL,
    client_id uuid NOT NULL,
    state text NOT NULL,
    state_reason text,
    state_since timestamp with time zone NOT NULL,
    account_id text,
    account_name text,
    authorized_user_id text,
    granted_scopes text NOT NULL,
    configuration_version bigint NOT NULL,
    token_version bigint NOT NULL,
    token_issued_at timestamp with time zone,
    refresh_token_expires_at timestamp with time zone,
    consent_expires_at timestamp with time zone,
    refresh_due_at timestamp with time zone,
    refresh_lease_owner text,
    refresh_lease_until timestamp with time zone,
    refresh_failure_count integer NOT NULL,
    refresh_failing_since timestamp with time zone,
    check_due_at timestamp with time zone,
    CONSTRAINT "PK_integration_connections" PRIMARY KEY (integration_id),
    CONSTRAINT "FK_integration_connections_integrations_integration_id" FOREIGN KEY (integration_id) REFERENCES integrations (integration_id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS "IX_integration_connections_authorized_user_id" ON integration_connections (authorized_user_id) WHERE authorized_user_id IS NOT NULL;

CREATE INDEX IF NOT EXISTS "IX_integration_connections_check_due_at" ON integration_connections (check_due_at);

CREATE INDEX IF NOT EXISTS "IX_integration_connections_configuration_version_integration_id" ON integration_connections (configuration_version, integration_id) WHERE configuration_version = 0;

CREATE INDEX IF NOT EXISTS "IX_integration_connections_consent_expires_at" ON integration_connections (consent_expires_at) WHERE consent_expires_at IS NOT NULL;

CREATE INDEX IF NOT EXISTS "IX_integration_connections_refresh_due_at" ON integration_connections (refresh_due_at) WHERE refresh_due_at IS NOT NULL;

CREATE INDEX IF NOT EXISTS "IX_integration_connections_refresh_failing_since" ON integration_connections (refresh_failing_since) WHERE refresh_failing_since IS NOT NULL;

CREATE INDEX IF NOT EXISTS "IX_integration_connections_refresh_token_expires_at" ON integration_connections (refresh_token_expires_at) WHERE refresh_token_expires_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS integration_accounts (
    integration_type text NOT NULL,
    account_id text NOT NULL,
    integration_id uuid NOT NULL,
    client_id uuid NOT NULL,
    CONSTRAINT "PK_integration_accounts" PRIMARY KEY (integration_type, account_id),
    CONSTRAINT "FK_integration_accounts_integrations_integration_id" FOREIGN KEY (integration_id) REFERENCES integrations (integration_id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS "IX_integration_accounts_integration_id" ON integration_accounts (integration_id);

CREATE TABLE IF NOT EXISTS integration_contacts (
    integration_id uuid NOT NULL,
    contact_id text NOT NULL,
    client_id uuid NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    last_inbound_at timestamp with time zone NOT NULL,
    welcomed_at timestamp with time zone,
    CONSTRAINT "PK_integration_contacts" PRIMARY KEY (integration_id, contact_id),
    CONSTRAINT "FK_integration_contacts_integrations_integration_id" FOREIGN KEY (integration_id) REFERENCES integrations (integration_id) ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS integration_messages (
    sequence bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    message_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    client_id uuid NOT NULL,
    direction smallint NOT NULL,
    lane text NOT NULL,
    dedupe_key text NOT NULL,
    contact_id text,
    kind text NOT NULL,
    payload text NOT NULL,
    state smallint NOT NULL,
    attempts integer NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sending_since timestamp with time zone,
    settled_at timestamp with time zone,
    platform_message_id text,
    last_error text,
    trace_parent text,
    CONSTRAINT "PK_integration_messages" PRIMARY KEY (sequence)
);

CREATE UNIQUE INDEX IF NOT EXISTS "IX_integration_messages_integration_id_dedupe_key" ON integration_messages (integration_id, dedupe_key);

CREATE UNIQUE INDEX IF NOT EXISTS "IX_integration_messages_integration_id_message_id" ON integration_messages (integration_id, message_id);

CREATE INDEX IF NOT EXISTS "IX_integration_messages_integration_id_platform_message_id" ON integration_messages (integration_id, platform_message_id) WHERE platform_message_id IS NOT NULL;

CREATE INDEX IF NOT EXISTS "IX_integration_messages_lane_sequence" ON integration_messages (lane, sequence) WHERE state = 0;

CREATE INDEX IF NOT EXISTS "IX_integration_messages_sending_since" ON integration_messages (sending_since) WHERE state = 3;

CREATE TABLE IF NOT EXISTS integration_lanes (
    lane text NOT NULL,
    integration_id uuid NOT NULL,
    due_at timestamp with time zone,
    token bigint NOT NULL,
    lease_owner text,
    lease_id uuid,
    lease_until timestamp with time zone,
    CONSTRAINT "PK_integration_lanes" PRIMARY KEY (lane),
    CONSTRAINT "FK_integration_lanes_integrations_integration_id" FOREIGN KEY (integration_id) REFERENCES integrations (integration_id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS "IX_integration_lanes_due_at" ON integration_lanes (due_at) WHERE due_at IS NOT NULL;

CREATE INDEX IF NOT EXISTS "IX_integration_lanes_integration_id" ON integration_lanes (integration_id);

CREATE TABLE IF NOT EXISTS integration_conversations (
    integration_id uuid NOT NULL,
    contact_id text NOT NULL,
    client_id uuid NOT NULL,
    last_sequence bigint NOT NULL,
    read_sequence bigint NOT NULL,
    session_epoch integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT "PK_integration_conversations" PRIMARY KEY (integration_id, contact_id),
    CONSTRAINT "FK_integration_conversations_integrations_integration_id" FOREIGN KEY (integration_id) REFERENCES integrations (integration_id) ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS integration_conversation_messages (
    integration_id uuid NOT NULL,
    contact_id text NOT NULL,
    sequence bigint NOT NULL,
    client_id uuid NOT NULL,
    message_key text NOT NULL,
    author smallint NOT NULL,
    payload text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT "PK_integration_conversation_messages" PRIMARY KEY (integration_id, contact_id, sequence),
    CONSTRAINT "FK_integration_conversation_messages_integration_conversations~" FOREIGN KEY (integration_id, contact_id) REFERENCES integration_conversations (integration_id, contact_id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX IF NOT EXISTS "IX_integration_conversation_messages_integration_id_contact_id~" ON integration_conversation_messages (integration_id, contact_id, message_key);

CREATE INDEX IF NOT EXISTS "IX_integration_conversation_messages_integration_id_written_at" ON integration_conversation_messages (integration_id, written_at);

CREATE TABLE IF NOT EXISTS integration_events (
    sequence bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    event_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    client_id uuid NOT NULL,
    chat_id uuid NOT NULL,
    integration_type text NOT NULL,
    kind text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    data text NOT NULL,
    contact_id text,
    dedupe_key text,
    handled_by text,
    attempts integer NOT NULL,
    available_at timestamp with time zone,
    lease_owner text,
    lease_until timestamp with time zone,
    delivered_at timestamp with time zone,
    CONSTRAINT "PK_integration_events" PRIMARY KEY (sequence)
);

CREATE INDEX IF NOT EXISTS "IX_integration_events_delivered_at" ON integration_events (delivered_at) WHERE delivered_at IS NOT NULL;

CREATE UNIQUE INDEX IF NOT EXISTS "IX_integration_events_integration_id_dedupe_key" ON integration_events (integration_id, dedupe_key) WHERE dedupe_key IS NOT NULL;

CREATE UNIQUE INDEX IF NOT EXISTS "IX_integration_events_integration_id_event_id" ON integration_events (integration_id, event_id);

CREATE INDEX IF NOT EXISTS "IX_integration_events_integration_id_sequence" ON integration_events (integration_id, sequence) WHERE delivered_at IS NULL;

CREATE INDEX IF NOT EXISTS "IX_integration_events_sequence" ON integration_events (sequence) WHERE delivered_at IS NULL;

CREATE TABLE IF NOT EXISTS integration_authorizations (
    handle_hash text NOT NULL,
    purpose text NOT NULL,
    client_id uuid NOT NULL,
    chat_id uuid NOT NULL,
    integration_type text NOT NULL,
    user_binding text NOT NULL,
    browser_hash text NOT NULL,
    return_path text,
    sealed_payload text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    consumed_at timestamp with time zone,
    CONSTRAINT "PK_integration_authorizations" PRIMARY KEY (handle_hash)
);

CREATE INDEX IF NOT EXISTS "IX_integration_authorizations_client_id_expires_at" ON integration_authorizations (client_id, expires_at);

CREATE INDEX IF NOT EXISTS "IX_integration_authorizations_expires_at" ON integration_authorizations (expires_at);

CREATE TABLE IF NOT EXISTS integration_deletions (
    deletion_id uuid NOT NULL,
    confirmation_code text NOT NULL,
    request_hash text NOT NULL,
    subject_hash text NOT NULL,
    integration_type text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    targets text NOT NULL,
    integrations integer NOT NULL,
    contacts bigint NOT NULL,
    messages bigint NOT NULL,
    started_at timestamp with time zone,
    completed_at timestamp with time zone,
    lease_owner text,
    lease_until timestamp with time zone,
    CONSTRAINT "PK_integration_deletions" PRIMARY KEY (deletion_id)
);

CREATE UNIQUE INDEX IF NOT EXISTS "IX_integration_deletions_confirmation_code" ON integration_deletions (confirmation_code);

CREATE UNIQUE INDEX IF NOT EXISTS "IX_integration_deletions_request_hash" ON integration_deletions (request_hash);

INSERT INTO integration_connections (integration_id, client_id, state, state_since, granted_scopes, configuration_version, token_version, refresh_failure_count)
SELECT integration_id, client_id, 'pending', now(), '', 0, 0, 0 FROM integrations
ON CONFLICT DO NOTHING;

COMMIT;
