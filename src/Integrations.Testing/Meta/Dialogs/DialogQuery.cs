using Microsoft.Extensions.Primitives;

namespace Integrations.Testing;

/// <summary>The parameters of an authorization request that both logins have, checked: names, redirect URI and state.</summary>
internal sealed class DialogQuery
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public DialogQuery(MetaWorld world, IEnumerable<KeyValuePair<string, StringValues>> query, DialogRules rules)
    {
        foreach (var (name, values) in query)
        {
            if (!rules.Parameters.Contains(name))
                throw new DialogException($"Unknown parameter: {name}");
            if (values is not [{ } value])
                throw new DialogException($"The parameter {name} came more than once.");
            _values.Add(name, value);
        }

        if (this["client_id"] != rules.AppId)
            throw new DialogException(rules.WrongApp);
        if (this["redirect_uri"] is not { } redirect || !RedirectRules.Allows(world, redirect))
            throw new DialogException(rules.WrongRedirect);
        if (this["state"] is not { Length: > 0 } state)
            throw new DialogException("The parameter state is required: without it the callback cannot tell its own request from a forged one.");
        (RedirectUri, StatePair) = (redirect, "state=" + Uri.EscapeDataString(state));
    }

    public string RedirectUri { get; }

    /// <summary>The state as it goes back.</summary>
    public string StatePair { get; }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The value of a parameter that may be missing but takes these values only.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> values) => this[name] is not { } value || values.Contains(value)
        ? this[name]
        : throw new DialogException($"{name} must be one of: {string.Join(", ", values)}.");

    /// <summary>Where the browser goes: the redirect URI with what the platform puts behind it.</summary>
    public string Return(string pairs) => RedirectUri + (RedirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?') + pairs;
}

/// <summary>What a login makes of the parameters that both have, and its words of refusal.</summary>
internal sealed record DialogRules(string AppId, IReadOnlySet<string> Parameters, string WrongApp, string WrongRedirect);
