using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>What the Graph API answered: a JSON value, or an error.</summary>
internal readonly struct GraphResult
{
    private GraphResult(JsonElement root, ProviderError? error)
    {
        Root = root;
        Error = error;
    }

    public JsonElement Root { get; }

    public ProviderError? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    public static GraphResult Answer(JsonElement root) => new(root, null);

    public static implicit operator GraphResult(ProviderError error) => new(default, error);
}
