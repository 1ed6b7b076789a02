using System.Text;
using Integrations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using WebHost.Users;

namespace WebHost.Pages;

/// <summary>The client's agents and their Facebook integration, with what can be done about each.</summary>
internal static class HomePage
{
    public static void MapHomePage(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        pages.MapGet("/", ShowAsync);
        pages.MapPost("/deploy/{chatId:guid}", DeployAsync);
        pages.MapPost("/pause/{id:guid}", PauseAsync);
        pages.MapPost("/resume/{id:guid}", ResumeAsync);
        pages.MapPost("/disconnect/{id:guid}", DisconnectAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, DemoUsers users, IIntegrationReader reader, IAntiforgery forgery, [FromQuery] string? integration, [FromQuery] string? problem, CancellationToken ct)
    {
        if (users.Find(http.User) is not { } user)
            return Results.LocalRedirect("/sign-in");
        var field = Html.AntiforgeryField(http, forgery);
        var views = await reader.ListAsync(new IntegrationQuery { ClientId = user.ClientId, Type = IntegrationType.Facebook }, ct);
        var body = new StringBuilder($"<p>Signed in as {Html.Text(user.Name)}. {Html.Button("Sign out", "/sign-out", field)}</p>");
        if (integration == "connected")
            body.Append("<p role=\"status\">Connected.</p>");
        if (problem is not null)
            body.Append("<p role=\"alert\">That did not work; the reason is shown below and in the log.</p>");
        foreach (var (name, chatId) in user.Chats)
            body.Append(ChatCard.Render(name, chatId, views.FirstOrDefault(view => view.ChatId == chatId), field));
        return Html.Page("Channels", body.ToString());
    }

    private static async Task<IResult> DeployAsync(
        HttpContext http, Guid chatId, DemoUsers users, IIntegrationDeployer deployer, [FromForm] string? go, CancellationToken ct)
    {
        if (users.Find(http.User) is not { } user || !user.Chats.ContainsValue(chatId))
            return Results.NotFound();
        var result = await deployer.DeployAsync(new DeploymentRequest
        {
            ClientId = user.ClientId,
            ChatId = chatId,
            Channels = [new ChannelDeployment { Type = IntegrationType.Facebook }],
        }, ct);
        return Back(result.AgentIsLive);
    }

    private static Task<IResult> PauseAsync(HttpContext http, Guid id, DemoUsers users, IIntegrationDeployer deployer, [FromForm] string? go, CancellationToken ct) =>
        ActAsync(http, id, users, deployer.PauseAsync, ct);

    private static Task<IResult> ResumeAsync(HttpContext http, Guid id, DemoUsers users, IIntegrationDeployer deployer, [FromForm] string? go, CancellationToken ct) =>
        ActAsync(http, id, users, deployer.ResumeAsync, ct);

    private static Task<IResult> DisconnectAsync(HttpContext http, Guid id, DemoUsers users, IIntegrationConnector connector, [FromForm] string? go, CancellationToken ct) =>
        ActAsync(http, id, users, connector.DisconnectAsync, ct);

    private static async Task<IResult> ActAsync(
        HttpContext http, Guid id, DemoUsers users, Func<IntegrationKey, CancellationToken, Task<ProviderResult>> act, CancellationToken ct)
    {
        if (users.Find(http.User) is not { } user)
            return Results.NotFound();
        try
        {
            // The client is the signed-in person's: an id of another client's integration finds nothing.
            return Back((await act(new IntegrationKey(user.ClientId, id), ct)).Succeeded);
        }
        catch (IntegrationException missing) when (missing.Kind == IntegrationErrorKind.NotFound)
        {
            return Results.NotFound();
        }
    }

    private static IResult Back(bool worked) => Results.LocalRedirect(worked ? "/" : "/?problem=yes");
}
