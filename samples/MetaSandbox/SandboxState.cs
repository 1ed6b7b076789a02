using System.Text.Json.Nodes;
using Integrations.Testing;

namespace MetaSandbox;

/// <summary>Everything there is to see, for a test in any language.</summary>
internal static class SandboxState
{
    public static JsonObject Of(MetaSimulator meta, TimeProvider clock) => new()
    {
        ["now"] = clock.GetUtcNow().ToString("O"),
        ["app_id"] = meta.AppId,
        ["graph_base_uri"] = meta.GraphBaseUri.AbsoluteUri,
        ["instagram_app_id"] = meta.InstagramAppId,
        ["instagram_dialog_base_uri"] = meta.InstagramDialogBaseUri.AbsoluteUri,
        ["instagram_api_base_uri"] = meta.InstagramApiBaseUri.AbsoluteUri,
        ["instagram_graph_base_uri"] = meta.InstagramGraphBaseUri.AbsoluteUri,
        ["instagram_webhook_callback"] = meta.InstagramWebhookCallback?.AbsoluteUri,
        ["webhook_callback"] = meta.WebhookCallback?.AbsoluteUri,
        ["users"] = List(meta.Users, user => new JsonObject { ["id"] = user.Id, ["name"] = user.Name, ["scopes"] = Texts(user.GrantedScopes) }),
        ["pages"] = List(meta.Pages, Page),
        ["instagram_accounts"] = List(meta.InstagramAccounts, Account),
        ["deliveries"] = List(meta.WebhookDeliveries, Delivery),
        ["alerts"] = Texts(meta.Webhooks.Alerts),
        ["requests"] = List(meta.Requests, request => JsonValue.Create(request.ToString())),
    };

    private static JsonObject Page(SimulatedPage page) => new()
    {
        ["id"] = page.Id,
        ["name"] = page.Name,
        ["subscribed_fields"] = Texts(page.SubscribedFields),
        ["messenger_profile"] = JsonNode.Parse(page.MessengerProfileJson),
        ["contacts"] = List(page.Contacts, contact => new JsonObject { ["id"] = contact.Id, ["name"] = $"{contact.FirstName} {contact.LastName}" }),
        ["sent"] = List(page.SentMessages, Sent),
    };

    private static JsonObject Account(SimulatedInstagramAccount account) => new()
    {
        ["id"] = account.Id,
        ["app_scoped_id"] = account.AppScopedId,
        ["username"] = account.Username,
        ["page"] = account.Page?.Id,
        ["scopes"] = Texts(account.GrantedScopes),
        ["subscribed_fields"] = Texts(account.SubscribedFields),
        ["messenger_profile"] = JsonNode.Parse(account.MessengerProfileJson),
        ["contacts"] = List(account.Contacts, contact => new JsonObject { ["id"] = contact.Id, ["username"] = contact.Username }),
        ["sent"] = List(account.SentMessages, Sent),
    };

    private static JsonObject Sent(SentMessage sent) => new()
    {
        ["recipient"] = sent.RecipientId,
        ["mid"] = sent.Mid,
        ["text"] = sent.Text,
        ["metadata"] = sent.Metadata,
        ["sender_action"] = sent.SenderAction,
        ["attachment"] = sent.AttachmentType,
    };

    private static JsonObject Delivery(WebhookDelivery delivery) => new()
    {
        ["batch"] = delivery.Batch,
        ["attempt"] = delivery.Attempt,
        ["at"] = delivery.At.ToString("O"),
        ["status"] = delivery.Status,
        ["failure"] = delivery.Failure,
        ["events"] = delivery.EventCount,
        ["body"] = delivery.Body,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => List(texts, text => JsonValue.Create(text));

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> convert) => new([.. items.Select(convert)]);
}
