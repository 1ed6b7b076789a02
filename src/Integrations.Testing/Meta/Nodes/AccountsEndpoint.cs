using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// <c>me/accounts</c>: ticked Pages the person has a role on, page by page. Pages that belong to a business portfolio are missing here
/// and are found through <c>granular_scopes</c> of <c>debug_token</c>.
/// </summary>
internal sealed class AccountsEndpoint(MetaWorld world)
{
    private const string DefaultFields = "access_token,category,name,id,tasks";

    public GraphAnswer Handle(GraphCall call)
    {
        var user = call.RequireUserToken();
        lock (world.Gate)
        {
            var pages = user.Grant.Scopes.Contains(MetaScopes.ShowList)
                ? world.Pages.Where(page => !page.BusinessOwned && user.Grant.PageIds.Contains(page.Id) && page.TasksOf(user).Count > 0).ToList()
                : [];
            var limit = Limit(call);
            var start = Start(call, pages);
            var shown = pages.Skip(start).Take(limit).ToList();
            var answer = new JsonObject
            {
                ["data"] = new JsonArray([.. shown.Select(page => call.Pick("Page", page.ToNode(call.Token!), DefaultFields))]),
            };
            if (shown.Count > 0)
                answer["paging"] = Paging(call, shown, start + shown.Count < pages.Count);
            return answer;
        }
    }

    private int Limit(GraphCall call)
    {
        if (call.Text("limit") is not { } text)
            return world.Options.AccountsPageSize;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= 100
            ? limit
            : throw GraphErrors.Invalid("Param limit must be a number from 1 to 100.").AsException();
    }

    private static int Start(GraphCall call, List<SimulatedPage> pages)
    {
        if (call.Text("after") is not { } cursor)
            return 0;
        var index = pages.FindIndex(page => Cursor(page) == cursor);
        return index >= 0 ? index + 1 : throw GraphErrors.Invalid("Invalid cursors values.").AsException();
    }

    private JsonObject Paging(GraphCall call, List<SimulatedPage> shown, bool more)
    {
        var paging = new JsonObject
        {
            ["cursors"] = new JsonObject { ["before"] = Cursor(shown[0]), ["after"] = Cursor(shown[^1]) },
        };
        if (more)
            paging["next"] = Next(call, Cursor(shown[^1]));
        return paging;
    }

    // An absolute URL that carries the token but no proof, as Meta's does: a client adds its own proof, and no second token.
    private string Next(GraphCall call, string cursor)
    {
        var url = new StringBuilder(new Uri(world.BaseUri, $"/{call.Version}/me/accounts").AbsoluteUri);
        url.Append("?access_token=").Append(Uri.EscapeDataString(call.Token!.Value));
        foreach (var name in (string[])["fields", "limit"])
        {
            if (call.Text(name) is { } value)
                url.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return url.Append("&after=").Append(cursor).ToString();
    }

    private static string Cursor(SimulatedPage page) =>
        System.Buffers.Text.Base64Url.EncodeToString(Encoding.ASCII.GetBytes("p" + page.Id));
}
