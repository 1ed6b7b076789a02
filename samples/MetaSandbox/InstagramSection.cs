using System.Globalization;
using System.Text;
using Integrations.Testing;
using static MetaSandbox.ControlPage;

namespace MetaSandbox;

/// <summary>One Instagram account on the control page.</summary>
internal static class InstagramSection
{
    public static void Write(StringBuilder html, SimulatedInstagramAccount account)
    {
        var id = Hidden("account", account.Id);
        var route = account.Page is { } page ? $"linked to {page.Name}" : "logs in by itself";
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>@{Encode(account.Username)} <small>{account.Id}, Instagram, {Encode(route)}</small></h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p>Granted: {Encode(string.Join(", ", account.GrantedScopes))}<br>Subscribed: {Encode(string.Join(", ", account.SubscribedFields))}</p>");
        html.Append(Form("ig-access", account.AllowsMessageAccess ? "Forbid access to messages" : "Allow access to messages", id));
        html.Append(Form("ig-revoke", "Remove the app", id)).Append(Form("ig-expire", "Expire tokens", id));
        html.Append(Form("ig-deauthorize", "Deauthorise", id, Box("callback", "deauthorise URL"))).Append(Form("ig-contact", "Add contact", id, Box("name", "user name")));
        foreach (var contact in account.Contacts)
            Contact(html, contact);
        html.Append("</section>");
    }

    private static void Contact(StringBuilder html, SimulatedInstagramContact contact)
    {
        var who = Hidden("contact", contact.Id);
        html.Append(CultureInfo.InvariantCulture, $"<h3>@{Encode(contact.Username)} <small>{contact.Id}</small></h3>");
        html.Append(Form("ig-message", "Send a message", who, Box("text", "text"))).Append(Form("ig-comment", "Comment", who, Box("text", "text")));
        html.Append(Form("ig-heart", "Send a heart", who)).Append(Form("ig-story", "Mention in a story", who));
        html.Append(Form("ig-ice-breaker", "Tap an ice breaker", who, Hidden("payload", "ICE_BREAKER")));
        html.Append(Form("ig-close-window", "Close the 24 h window", who)).Append("<ul>");
        foreach (var sent in contact.Received)
            html.Append(CultureInfo.InvariantCulture, $"<li>{Encode(sent.SenderAction ?? sent.Text ?? sent.AttachmentType ?? "")}</li>");
        html.Append("</ul>");
    }
}
