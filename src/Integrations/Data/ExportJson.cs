using System.Text.Json;

namespace Integrations;

/// <summary>The form of an export. Hosts read it: properties are added, never renamed.</summary>
internal static class ExportJson
{
    public static void Write(Utf8JsonWriter json, IntegrationView view)
    {
        json.WriteString("integration_id", view.Key.IntegrationId);
        json.WriteString("chat_id", view.ChatId);
        json.WriteString("integration_type", view.Type.Value);
        json.WriteBoolean("is_live", view.IsLive);
        json.WriteBoolean("is_active", view.IsActive);
        json.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(view.State.ToString()));
        Text(json, "state_reason", view.StateReason);
        json.WriteString("state_since", view.StateSince);
        Text(json, "account_id", view.AccountId);
        Text(json, "account_name", view.AccountName);
        json.WriteStartArray("granted_scopes");
        foreach (var scope in view.GrantedScopes)
            json.WriteStringValue(scope);
        json.WriteEndArray();
        json.WriteBoolean("has_credentials", view.HasCredentials);
        Time(json, "token_expires_at", view.TokenExpiresAt);
        json.WritePropertyName("details");
        view.Details.WriteTo(json);
        Text(json, "last_error", view.LastError);
        json.WriteNumber("error_count", view.ErrorCount);
        json.WriteNumber("message_count", view.MessageCount);
        json.WriteNumber("user_count", view.UserCount);
        json.WriteString("created_at", view.CreatedAt);
        json.WriteString("updated_at", view.UpdatedAt);
        Time(json, "last_synced", view.LastSyncedAt);
        Time(json, "deployment_date", view.DeployedAt);
    }

    public static void Write(Utf8JsonWriter json, ContactRecord contact)
    {
        json.WriteStartObject();
        json.WriteString("contact_id", contact.ContactId);
        json.WriteString("first_seen_at", contact.FirstSeenAt);
        json.WriteString("last_inbound_at", contact.LastInboundAt);
        if (contact.WelcomedAt is { } welcomed)
            json.WriteString("welcomed_at", welcomed);
        else
            json.WriteNull("welcomed_at");
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, StoredMessage message)
    {
        json.WriteStartObject();
        json.WriteString("message_id", message.Id);
        json.WriteString("direction", message.Direction == MessageDirection.Inbound ? "inbound" : "outbound");
        Text(json, "contact_id", message.ContactId);
        json.WriteString("kind", message.Kind);
        json.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(message.State.ToString()));
        json.WriteString("received_at", message.ReceivedAt);
        if (message.SettledAt is { } settled)
            json.WriteString("settled_at", settled);
        else
            json.WriteNull("settled_at");
        Text(json, "platform_message_id", message.PlatformMessageId);
        json.WritePropertyName("content");
        Content(json, message.Payload);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ConversationRecord conversation)
    {
        json.WriteString("contact_id", conversation.ContactId);
        json.WriteNumber("read_sequence", conversation.ReadSequence);
        json.WriteString("created_at", conversation.CreatedAt);
        if (conversation.ClosedAt is { } closed)
            json.WriteString("closed_at", closed);
        else
            json.WriteNull("closed_at");
    }

    public static void Write(Utf8JsonWriter json, ConversationMessage message)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", message.Sequence);
        json.WriteString("author", message.Author == ConversationAuthor.Contact ? "contact" : "agent");
        json.WriteString("at", message.At);
        json.WritePropertyName("content");
        Content(json, message.Payload);
        json.WriteEndObject();
    }

    /// <summary>Erased content is null; content that another hand made unreadable comes as a text.</summary>
    private static void Content(Utf8JsonWriter json, string payload)
    {
        if (payload.Length == 0)
        {
            json.WriteNullValue();
            return;
        }

        try
        {
            using var content = JsonDocument.Parse(payload);
            content.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(payload);
        }
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
            json.WriteNull(name);
        else
            json.WriteString(name, value);
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } time)
            json.WriteString(name, time);
        else
            json.WriteNull(name);
    }
}
