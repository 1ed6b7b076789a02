using Integrations;
using Microsoft.Extensions.Options;

namespace WebHost.Pages;

/// <summary>
/// Two pages that stand for a customer's web site: one for the preview beside the settings, whose widget talks to nobody, and one
/// with the live widget, to chat with the agent as a visitor does.
/// </summary>
internal static class WidgetPages
{
    // As strict as a site can be: the widget needs its own script and its own host, nothing else.
    private const string SitePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; frame-ancestors ";

    public static void MapWidgetPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/widget-preview", Preview).ExcludeFromDescription();
        routes.MapGet("/demo-site", DemoSite).ExcludeFromDescription();
    }

    private static IResult Preview(HttpContext http, IOptions<IntegrationsOptions> options) => Site(http,
        $"""<script type="module" async src="{Script(options)}" data-preview></script><script type="module" src="/js/preview-frame.js"></script>""", "'self'");

    private static IResult DemoSite(HttpContext http, Guid integration, IOptions<IntegrationsOptions> options) => Site(http,
        $"""<script type="module" async src="{Script(options)}" data-integration="{integration}"></script>""", "'none'");

    private static string Script(IOptions<IntegrationsOptions> options) => $"{options.Value.PathPrefix}/widget/v1/widget.js";

    private static IResult Site(HttpContext http, string scripts, string framedBy) => Html.Page(http, "Corner Bakery", $"""
        <main class="demo">
          <h1>Corner Bakery</h1>
          <p>Bread, cakes and good mornings since 1987.</p>
          <ul><li>Sourdough</li><li>Cinnamon rolls</li><li>Birthday cakes to order</li></ul>
        </main>
        {scripts}
        """, policy: SitePolicy + framedBy);
}
