using Microsoft.Extensions.Primitives;

namespace Integrations.Testing;

/// <summary>A consent dialog: GET shows the page, its form posts back to the same address.</summary>
internal abstract class ConsentDialog<TRequest>(MetaWorld world, string name)
{
    protected MetaWorld World => world;

    public async Task HandleAsync(GraphExchange exchange)
    {
        exchange.Endpoint = name;
        if (exchange.Method is not ("GET" or "POST"))
        {
            await exchange.WriteHtmlAsync(405, ConsentPage.Error("The dialog is opened with GET."));
            return;
        }

        try
        {
            var request = Parse(exchange.Http.Request.Query);
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

    protected abstract TRequest Parse(IEnumerable<KeyValuePair<string, StringValues>> query);

    /// <summary>The page as HTML. Called under the world's gate, as are the next two.</summary>
    protected abstract string Render(TRequest request, string query);

    protected abstract string Grant(TRequest request, IFormCollection form, IReadOnlySet<string> ticked);

    protected abstract string Deny(TRequest request);

    private string Render(GraphExchange exchange, TRequest request)
    {
        lock (world.Gate)
            return Render(request, exchange.Http.Request.QueryString.Value!);
    }

    private async Task<string> DecideAsync(GraphExchange exchange, TRequest request)
    {
        if (!exchange.Http.Request.HasFormContentType)
            throw new DialogException("The dialog's answer is a form.");
        var form = await exchange.Http.Request.ReadFormAsync(exchange.Aborted);
        lock (world.Gate)
            return form["action"] == "cancel" ? Deny(request) : Grant(request, form, form["scope"].ToHashSet(StringComparer.Ordinal)!);
    }
}
