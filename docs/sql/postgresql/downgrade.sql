-- Takes the upgrade back: the 7 columns keep their values; connections, contacts and messages are dropped. See docs/schema.md.
-- Generated from the mapping; a test compares. One transaction: it happens whole or not at all.

BEGIN;

DROP TABLE IF EXISTS integration_deletions;

DROP TABLE IF EXISTS integration_authorizations;

DROP TABLE IF EXISTS integration_events;

DROP TABLE IF EXISTS integration_conversation_messages;

DROP TABLE IF EXISTS integration_conversations;

DROP TABLE IF EXISTS integration_lanes;

DROP TABLE IF EXISTS integration_messages;

DROP TABLE IF EXISTS integration_contacts;

DROP TABLE IF EXISTS integration_accounts;

DROP TABLE IF EXISTS integration_connections;

DROP INDEX IF EXISTS "IX_integrations_integration_type_token_expires_at";

DROP INDEX IF EXISTS "IX_integrations_client_id_chat_id_integration_type";

ALTER TABLE integrations
    DROP COLUMN IF EXISTS is_active,
    DROP COLUMN IF EXISTS created_at,
    DROP COLUMN IF EXISTS updated_at,
    DROP COLUMN IF EXISTS auth_token,
    DROP COLUMN IF EXISTS refresh_token,
    DROP COLUMN IF EXISTS token_expires_at,
    DROP COLUMN IF EXISTS last_error,
    DROP COLUMN IF EXISTS error_count,
    DROP COLUMN IF EXISTS deployment_date,
    DROP COLUMN IF EXISTS message_count,
    DROP COLUMN IF EXISTS user_count;

DO $integrations$
BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'integrations'::regclass
            AND attname = 'last_synced' AND format_type(atttypid, NULL) IN ('timestamp with time zone')) THEN
        ALTER TABLE integrations ALTER COLUMN last_synced TYPE date USING (last_synced AT TIME ZONE 'UTC')::date;
    END IF;
END $integrations$;

ALTER TABLE integrations
    ALTER COLUMN status DROP NOT NULL,
    ALTER COLUMN integration_details DROP NOT NULL;

COMMIT;
