using System.Globalization;
using System.Net;
using System.Text;

namespace Integrations.Testing;

/// <summary>The consent dialog as HTML: one form per person, works without script.</summary>
internal static class ConsentPage
{
    public static string Error(string message) => Frame("Facebook (simulated): error", $"<h1>Something went wrong</h1><p role=\"alert\">{Encode(message)}</p>");

    public static string Render(MetaWorld world, DialogRequest request, string query)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(world.Options.AppName)} asks for access</h1>");
        if (world.Users.Count == 0)
            html.Append("<p role=\"alert\">The simulator has no users yet.</p>");
        foreach (var user in world.Users)
            Form(html, world, request, user, query);
        return Frame("Facebook (simulated): log in", html.ToString());
    }

    /// <summary>The consent page of the Instagram login: one form per account.</summary>
    public static string Render(MetaWorld world, InstagramDialogRequest request, string query)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(world.Options.AppName)} asks for access</h1>");
        if (world.InstagramAccounts.Count == 0)
            html.Append("<p role=\"alert\">The simulator has no Instagram accounts yet.</p>");
        foreach (var account in world.InstagramAccounts)
        {
            html.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"{Encode(query)}\" data-user=\"{account.Id}\"><h2>@{Encode(account.Username)}</h2>");
            html.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"user\" value=\"{account.Id}\"><fieldset><legend>Permissions</legend>");
            foreach (var scope in request.Scopes)
                Box(html, "scope", scope, scope);
            html.Append(CultureInfo.InvariantCulture, $"</fieldset><button name=\"action\" value=\"continue\">Allow as {Encode(account.Username)}</button> ");
            html.Append("<button name=\"action\" value=\"cancel\">Cancel</button></form>");
        }

        return Frame("Instagram (simulated): log in", html.ToString());
    }

    private static void Form(StringBuilder html, MetaWorld world, DialogRequest request, SimulatedUser user, string query)
    {
        html.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"{Encode(query)}\" data-user=\"{user.Id}\"><h2>{Encode(user.Name)}</h2>");
        html.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"user\" value=\"{user.Id}\"><fieldset><legend>Pages</legend>");
        foreach (var page in world.Pages.Where(page => page.TasksOf(user).Count > 0))
            Box(html, "page", page.Id, page.Name);
        html.Append("</fieldset><fieldset><legend>Permissions</legend>");
        foreach (var scope in request.Scopes)
            Box(html, "scope", scope, scope);
        html.Append(CultureInfo.InvariantCulture, $"</fieldset><button name=\"action\" value=\"continue\">Continue as {Encode(user.Name)}</button> ");
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
