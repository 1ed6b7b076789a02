using Microsoft.Extensions.Primitives;

namespace Integrations.Testing;

/// <summary><c>www.instagram.com/oauth/authorize</c></summary>
internal sealed class InstagramDialogEndpoint(MetaWorld world) : ConsentDialog<InstagramDialogRequest>(world, "instagram/oauth/authorize")
{
    protected override InstagramDialogRequest Parse(IEnumerable<KeyValuePair<string, StringValues>> query) => InstagramDialogRequest.Parse(World, query);

    protected override string Render(InstagramDialogRequest request, string query) => ConsentPage.Render(World, request, query);

    protected override string Deny(InstagramDialogRequest request) => request.Deny();

    protected override string Grant(InstagramDialogRequest request, IFormCollection form, IReadOnlySet<string> ticked)
    {
        var account = World.FindInstagramAccount(form["user"].ToString()) ?? throw new DialogException("Unknown account.");
        return request.Grant(World, account, [.. request.Scopes.Where(scope => !ticked.Contains(scope))]);
    }
}
