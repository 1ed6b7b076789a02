using System.Globalization;
using System.Net;
using System.Text;
using Integrations.Testing;

namespace MetaSandbox;

/// <summary>The control page: plain forms, no script.</summary>
internal static class ControlPage
{
    public static string Render(MetaSimulator meta, string? said)
    {
        var html = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Meta sandbox</title><style>
            body{font:15px sans-serif;max-width:70rem;margin:1rem auto;padding:0 1rem}section{border:1px solid #ccc;padding:.5rem 1rem;margin:1rem 0}
            form{display:inline-block;margin:.15rem .3rem .15rem 0}table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:.2rem .5rem;text-align:left}
            code{word-break:break-all}[role=status]{background:#eef;padding:.5rem}</style></head><body><h1>Meta sandbox</h1>
            """);
        if (!string.IsNullOrEmpty(said))
            html.Append(CultureInfo.InvariantCulture, $"<p role=\"status\">{Encode(said)}</p>");
        Everything(html, meta);
        foreach (var page in meta.Pages)
            Page(html, page);
        foreach (var account in meta.InstagramAccounts)
            InstagramSection.Write(html, account);
        foreach (var user in meta.Users)
            User(html, meta, user);
        Deliveries(html, meta);
        Requests(html, meta);
        return html.Append("</body></html>").ToString();
    }

    private static void Everything(StringBuilder html, MetaSimulator meta)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>App {meta.AppId}</h2><p>Webhook: {Encode(meta.WebhookCallback?.AbsoluteUri ?? "none")}</p>");
        html.Append(Form("webhook", "Register webhook", Box("callback", "callback URL"), Box("verify_token", "verify token"))).Append("<br>");
        html.Append(CultureInfo.InvariantCulture, $"<p>Instagram app {meta.InstagramAppId}, webhook: {Encode(meta.InstagramWebhookCallback?.AbsoluteUri ?? "none")}</p>");
        html.Append(Form("ig-webhook", "Register Instagram webhook", Box("callback", "callback URL"), Box("verify_token", "verify token"))).Append("<br>");
        html.Append(Form("go-down", "Go down")).Append(Form("come-back", "Come back")).Append(Form("drop-answer", "Drop the next send's answer"));
        html.Append(Form("fail-send", "Fail the next send", Box("code", "code, 551"), Box("subcode", "subcode"), Box("status", "HTTP status, 400")));
        html.Append(Form("hold", "Hold webhooks")).Append(Form("release", "Release them in one POST")).Append(Form("duplicate", "Send the next webhook twice"));
        html.Append(Form("delay", "Delay webhooks", Box("seconds", "seconds, 0"))).Append(Form("advance", "Move the clock on", Box("minutes", "minutes, 60")));
        html.Append("</section>");
    }

    private static void Page(StringBuilder html, SimulatedPage page)
    {
        var id = Hidden("page", page.Id);
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{Encode(page.Name)} <small>{page.Id}</small></h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p>Subscribed: {Encode(string.Join(", ", page.SubscribedFields))}</p>");
        html.Append(Form("revoke-page", "Remove the app", id)).Append(Form("expire-page", "Expire tokens", id));
        html.Append(Form("throttle", "Throttle", id, Box("minutes", "minutes, 5"))).Append(Form("contact", "Add contact", id, Box("name", "name")));
        foreach (var contact in page.Contacts)
        {
            var who = Hidden("contact", contact.Id);
            html.Append(CultureInfo.InvariantCulture, $"<h3>{Encode(contact.FirstName)} <small>{contact.Id}</small></h3>");
            html.Append(Form("message", "Send a message", who, Box("text", "text"))).Append(Form("postback", "Tap Get Started", who, Hidden("payload", "GET_STARTED")));
            html.Append(Form("read", "Read", who)).Append(Form("close-window", "Close the 24 h window", who)).Append("<ul>");
            foreach (var sent in contact.Received)
                html.Append(CultureInfo.InvariantCulture, $"<li>{Encode(sent.SenderAction ?? sent.Text ?? sent.AttachmentType ?? "")}</li>");
            html.Append("</ul>");
        }

        html.Append("</section>");
    }

    private static void User(StringBuilder html, MetaSimulator meta, SimulatedUser user)
    {
        var id = Hidden("user", user.Id);
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{Encode(user.Name)} <small>{user.Id}</small></h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p>Granted: {Encode(string.Join(", ", user.GrantedScopes))}</p>");
        html.Append(Form("revoke-user", "Remove the app", id)).Append(Form("password", "Change password", id));
        html.Append(Form("deauthorize", "Deauthorise", id, Box("callback", "deauthorise URL"))).Append(Form("data-deletion", "Request deletion", id, Box("callback", "data deletion URL")));
        foreach (var page in meta.Pages)
        {
            html.Append(Form("untick", $"Untick {page.Name}", id, Hidden("page", page.Id)));
            html.Append(Form("remove-role", $"Lose role on {page.Name}", id, Hidden("page", page.Id)));
        }

        html.Append("</section>");
    }

    private static void Deliveries(StringBuilder html, MetaSimulator meta)
    {
        html.Append("<section><h2>Webhook deliveries</h2><table><tr><th>batch</th><th>attempt</th><th>at</th><th>status</th><th>body</th></tr>");
        foreach (var delivery in meta.WebhookDeliveries.Reverse().Take(50))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{delivery.Batch}</td><td>{delivery.Attempt}</td><td>{delivery.At:T}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td>{delivery.Status}{Encode(delivery.Failure ?? "")}</td><td><code>{Encode(delivery.Body)}</code></td></tr>");
        }

        html.Append("</table></section>");
    }

    private static void Requests(StringBuilder html, MetaSimulator meta)
    {
        html.Append("<section><h2>Graph calls</h2><ol reversed>");
        foreach (var request in meta.Requests.Reverse().Take(50))
            html.Append(CultureInfo.InvariantCulture, $"<li>{Encode(request.ToString())}</li>");
        html.Append("</ol></section>");
    }

    internal static string Form(string verb, string label, params ReadOnlySpan<string> fields) =>
        $"<form method=\"post\" action=\"/control/{verb}\">{string.Concat(fields)}<button>{Encode(label)}</button></form>";

    internal static string Box(string name, string hint) => $"<input name=\"{name}\" placeholder=\"{hint}\" aria-label=\"{hint}\"> ";

    internal static string Hidden(string name, string value) => $"<input type=\"hidden\" name=\"{name}\" value=\"{Encode(value)}\">";

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);
}
