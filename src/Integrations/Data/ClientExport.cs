using System.Text.Json;

namespace Integrations;

/// <summary>Writes what is stored for one client. Only what a view shows comes out: tokens are not read at all.</summary>
internal sealed class ClientExport(IIntegrationReader reader, IContactStore contacts, IMessageInbox inbox, IConversationStore conversations, TimeProvider time)
{
    private const int Page = 200;

    public async Task WriteAsync(Guid clientId, Stream output, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("format", "integrations-export");
        json.WriteNumber("format_version", 1);
        json.WriteString("client_id", clientId);
        json.WriteString("exported_at", time.GetUtcNow());
        json.WriteStartArray("integrations");
        Guid? after = null;
        while (true)
        {
            var page = await reader.ListAsync(new IntegrationQuery { ClientId = clientId, After = after, Limit = Page }, ct);
            foreach (var view in page)
                await WriteAsync(json, view, ct);
            if (page.Count < Page)
                break;
            after = page[^1].Key.IntegrationId;
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    private async Task WriteAsync(Utf8JsonWriter json, IntegrationView view, CancellationToken ct)
    {
        json.WriteStartObject();
        ExportJson.Write(json, view);
        json.WriteStartArray("contacts");
        string? afterContact = null;
        while (true)
        {
            var page = await contacts.ListAsync(new ContactQuery { Key = view.Key, After = afterContact, Limit = Page }, ct);
            foreach (var contact in page)
                ExportJson.Write(json, contact);
            await json.FlushAsync(ct); // what was written leaves memory
            if (page.Count < Page)
                break;
            afterContact = page[^1].ContactId;
        }

        json.WriteEndArray();
        json.WriteStartArray("messages");
        Guid? before = null;
        while (true)
        {
            var page = await inbox.ListAsync(new MessageQuery { Key = view.Key, Before = before, Limit = Page }, ct);
            foreach (var message in page)
                ExportJson.Write(json, message);
            await json.FlushAsync(ct);
            if (page.Count < Page)
                break;
            before = page[^1].Id;
        }

        json.WriteEndArray();
        json.WriteStartArray("conversations");
        string? afterConversation = null;
        while (true)
        {
            var page = await conversations.ListAsync(new ContactQuery { Key = view.Key, After = afterConversation, Limit = Page }, ct);
            foreach (var conversation in page)
                await WriteAsync(json, view.Key, conversation, ct);
            if (page.Count < Page)
                break;
            afterConversation = page[^1].ContactId;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task WriteAsync(Utf8JsonWriter json, IntegrationKey key, ConversationRecord conversation, CancellationToken ct)
    {
        json.WriteStartObject();
        ExportJson.Write(json, conversation);
        json.WriteStartArray("messages");
        long after = 0;
        while (true)
        {
            var page = await conversations.ListAsync(
                new ConversationQuery { Key = key, ContactId = conversation.ContactId, After = after, Limit = Page }, ct);
            foreach (var message in page)
                ExportJson.Write(json, message);
            await json.FlushAsync(ct);
            if (page.Count < Page)
                break;
            after = page[^1].Sequence;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
