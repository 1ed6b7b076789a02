using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>A Page that a grant opens.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Page">What Meta says about it.</param>
/// <param name="Reason">Why it cannot be connected. Null if it can.</param>
internal sealed record GrantedPage(string Id, JsonElement Page, string? Reason)
{
    public string Name => Page.Text("name") ?? Id;
}
