using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using WebHost.Users;

namespace WebHost.Pages;

/// <summary>
/// The page of a client's agents and their channels. The server gives the frame; the channels come from the management API, which
/// the scripts under <c>wwwroot/js</c> call.
/// </summary>
internal static class ExtensionsPage
{
    public static void MapExtensionsPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", Show).RequireAuthorization().ExcludeFromDescription();

    private static IResult Show(HttpContext http, DemoUsers users, IAntiforgery forgery, Guid? chat)
    {
        if (users.Find(http.User) is not { } user)
            return Results.LocalRedirect("/sign-in");
        var chosen = user.Chats.FirstOrDefault(c => c.Value == chat, user.Chats.FirstOrDefault());
        var chats = JsonSerializer.Serialize(user.Chats.Select(c => new { id = c.Value, name = c.Key }));
        return Html.Page(http, "Extensions", $"""
            <header class="top"><div>
              <p class="brand"><span></span>Extensions</p>
              <p>{Html.Text(user.Name)}</p>
              {Html.Button("Sign out", "/sign-out", Html.AntiforgeryField(http, forgery))}
            </div></header>
            <main>
              <div class="intro">
                <div><h1>{Html.Text(chosen.Key ?? "No agent yet")}</h1><p>The channels this agent can answer on.</p></div>
                <button type="button" class="primary" id="deploy">Deploy agent</button>
              </div>
              {Tabs(user, chosen.Value)}
              <p id="notice" class="notice" role="status"></p>
              <ul id="channels" class="cards" aria-label="Channels" aria-busy="true"></ul>
              <section id="snippet" hidden></section>
              <noscript><p class="error">This page needs JavaScript.</p></noscript>
            </main>
            """, $"""<body data-chats="{Html.Text(chats)}">""", script: "/js/main.js");
    }

    private static string Tabs(DemoUser user, Guid chosen) => user.Chats.Count < 2 ? "" : $"""
        <nav aria-label="Agents"><ul class="tabs">{string.Concat(user.Chats.Select(c =>
            $"""<li><a href="/?chat={c.Value}"{(c.Value == chosen ? " aria-current=\"page\"" : "")}>{Html.Text(c.Key)}</a></li>"""))}</ul></nav>
        """;
}
