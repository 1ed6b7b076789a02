namespace Integrations.Testing;

/// <summary><c>www.instagram.com/oauth/authorize</c>: GET shows the page, its form posts back to the same address.</summary>
internal sealed class InstagramDialogEndpoint(MetaWorld world)
{
    public async Task HandleAsync(GraphExchange exchange)
    {
        exchange.Endpoint = "instagram/oauth/authorize";
        try
        {
            var request = InstagramDialogRequest.Parse(world, exchange.Http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
            if (exchange.Method == "POST")
                exchange.Redirect(await DecideAsync(exchange, request));
            else if (exchange.Method == "GET")
                await exchange.WriteHtmlAsync(200, Render(exchange, request));
            else
                await exchange.WriteHtmlAsync(405, ConsentPage.Error("The dialog is opened with GET."));
        }
        catch (DialogException refused)
        {
            await exchange.WriteHtmlAsync(400, ConsentPage.Error(refused.Message));
        }
    }

    private string Render(GraphExchange exchange, InstagramDialogRequest request)
    {
        lock (world.Gate)
            return ConsentPage.Render(world, request, exchange.Http.Request.QueryString.Value!);
    }

    private async Task<string> DecideAsync(GraphExchange exchange, InstagramDialogRequest request)
    {
        var form = await exchange.Http.Request.ReadFormAsync(exchange.Aborted);
        if (form["action"] == "cancel")
            return request.Deny();
        lock (world.Gate)
        {
            var account = world.FindInstagramAccount(form["user"].ToString()) ?? throw new DialogException("Unknown account.");
            var ticked = form["scope"].ToHashSet(StringComparer.Ordinal);
            return request.Grant(world, account, [.. request.Scopes.Where(scope => !ticked.Contains(scope))]);
        }
    }
}
