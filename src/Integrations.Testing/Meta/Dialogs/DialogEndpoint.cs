namespace Integrations.Testing;

/// <summary>The consent dialog: GET shows the page, its form posts back to the same address.</summary>
internal sealed class DialogEndpoint(MetaWorld world)
{
    public async Task HandleAsync(GraphExchange exchange)
    {
        exchange.Endpoint = "dialog/oauth";
        if (exchange.Method is not ("GET" or "POST"))
        {
            await exchange.WriteHtmlAsync(405, ConsentPage.Error("The dialog is opened with GET."));
            return;
        }

        try
        {
            var request = DialogRequest.Parse(world, exchange.Http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
            if (exchange.Method == "POST")
                exchange.Redirect(await DecideAsync(exchange, request));
            else
                await exchange.WriteHtmlAsync(200, Render(exchange, request));
        }
        catch (DialogException refused)
        {
            await exchange.WriteHtmlAsync(400, ConsentPage.Error(refused.Message));
        }
    }

    private string Render(GraphExchange exchange, DialogRequest request)
    {
        lock (world.Gate)
            return ConsentPage.Render(world, request, exchange.Http.Request.QueryString.Value!);
    }

    private async Task<string> DecideAsync(GraphExchange exchange, DialogRequest request)
    {
        var form = await exchange.Http.Request.ReadFormAsync(exchange.Aborted);
        if (form["action"] == "cancel")
            return request.Deny();
        lock (world.Gate)
        {
            var user = world.FindUser(form["user"].ToString()) ?? throw new DialogException("Unknown user.");
            var ticked = form["scope"].ToHashSet(StringComparer.Ordinal);
            return request.Grant(world, user, [.. request.Scopes.Where(scope => !ticked.Contains(scope))], [.. form["page"].OfType<string>()]);
        }
    }
}
