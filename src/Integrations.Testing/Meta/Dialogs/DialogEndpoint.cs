using Microsoft.Extensions.Primitives;

namespace Integrations.Testing;

/// <summary><c>www.facebook.com/{version}/dialog/oauth</c></summary>
internal sealed class DialogEndpoint(MetaWorld world) : ConsentDialog<DialogRequest>(world, "dialog/oauth")
{
    protected override DialogRequest Parse(IEnumerable<KeyValuePair<string, StringValues>> query) => DialogRequest.Parse(World, query);

    protected override string Render(DialogRequest request, string query) => ConsentPage.Render(World, request, query);

    protected override string Deny(DialogRequest request) => request.Deny();

    protected override string Grant(DialogRequest request, IFormCollection form, IReadOnlySet<string> ticked)
    {
        var user = World.FindUser(form["user"].ToString()) ?? throw new DialogException("Unknown user.");
        return request.Grant(World, user, [.. request.Scopes.Where(scope => !ticked.Contains(scope))], [.. form["page"].OfType<string>()]);
    }
}
