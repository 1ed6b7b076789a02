using System.Globalization;
using System.Net;
using System.Text;

namespace Integrations.Testing;

/// <summary>The consent dialog as HTML: one form per person, works without script.</summary>
internal static class ConsentPage
{
    public static string Error(string message) => Frame("Facebook (simulated): error", $"<h1>Something went wrong</h1><p role=\"alert\">{Encode(message)}</p>");

    /// <summary>The page of the Facebook login: one form per person, with the Pages to tick.</summary>
    public static string Render(MetaWorld world, DialogRequest request, string query)
    {
        var html = Ask(world, world.Users.Count == 0 ? "The simulator has no users yet." : null);
        foreach (var user in world.Users)
        {
            Open(html, query, user.Id, user.Name);
            html.Append("<fieldset><legend>Pages</legend>");
            foreach (var page in world.Pages.Where(page => page.TasksOf(user).Count > 0))
                Box(html, "page", page.Id, page.Name);
            html.Append("</fieldset>");
            Close(html, request.Scopes, $"Continue as {user.Name}");
        }

        return Frame("Facebook (simulated): log in", html.ToString());
    }

    /// <summary>The page of the Instagram login: one form per account.</summary>
    public static string Render(MetaWorld world, InstagramDialogRequest request, string query)
    {
        var html = Ask(world, world.InstagramAccounts.Count == 0 ? "The simulator has no Instagram accounts yet." : null);
        foreach (var account in world.InstagramAccounts)
        {
            Open(html, query, account.Id, "@" + account.Username);
            Close(html, request.Scopes, $"Allow as {account.Username}");
        }

        return Frame("Instagram (simulated): log in", html.ToString());
    }

    private static StringBuilder Ask(MetaWorld world, string? alert)
    {
        var html = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<h1>{Encode(world.Options.AppName)} asks for access</h1>");
        return alert is null ? html : html.Append(CultureInfo.InvariantCulture, $"<p role=\"alert\">{Encode(alert)}</p>");
    }

    private static void Open(StringBuilder html, string query, string id, string name) => html
        .Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"{Encode(query)}\" data-user=\"{id}\"><h2>{Encode(name)}</h2>")
        .Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"user\" value=\"{id}\">");

    private static void Close(StringBuilder html, IReadOnlyList<string> scopes, string button)
    {
        html.Append("<fieldset><legend>Permissions</legend>");
        foreach (var scope in scopes)
            Box(html, "scope", scope, scope);
        html.Append(CultureInfo.InvariantCulture, $"</fieldset><button name=\"action\" value=\"continue\">{Encode(button)}</button> ");
        html.Append("<button name=\"action\" value=\"cancel\">Cancel</button></form>");
    }

    private static void Box(StringBuilder html, string name, string value, string label) => html.Append(CultureInfo.InvariantCulture,
        $"<label><input type=\"checkbox\" name=\"{name}\" value=\"{Encode(value)}\" checked> {Encode(label)}</label><br>");

    private static string Frame(string title, string body) =>
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>"
        + "<style>body{font:16px sans-serif;max-width:40rem;margin:2rem auto}form{border:1px solid #ccc;padding:1rem;margin:1rem 0}</style>"
        + $"</head><body>{body}</body></html>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
