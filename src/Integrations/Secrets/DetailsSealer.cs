using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>Seals, opens and masks the secret properties of a details document; all other properties pass through as they are.</summary>
internal sealed class DetailsSealer(ISecretProtector protector)
{
    /// <summary>The document to store: each secret property that has a value is sealed.</summary>
    public string Seal(JsonObject details, IReadOnlyList<string> secretNames, IntegrationKey key)
    {
        var copy = (JsonObject)details.DeepClone();
        foreach (var name in secretNames)
            if (TextOf(copy, name) is { Length: > 0 } text)
                copy[name] = protector.Protect(new Secret(text), Scope(key, name));
        return copy.ToJsonString();
    }

    /// <summary>The document with its secrets opened. False if one cannot be; the document then lacks those.</summary>
    public bool TryOpen(string json, IReadOnlyList<string> secretNames, IntegrationKey key, out JsonObject details)
    {
        details = DetailsJson.ReadStored(json);
        var all = true;
        foreach (var name in secretNames)
        {
            if (TextOf(details, name) is not { Length: > 0 } text)
                continue;
            if (protector.TryUnprotect(text, Scope(key, name), out var secret))
            {
                details[name] = secret.Reveal();
                continue;
            }

            details.Remove(name);
            all = false;
        }

        return all;
    }

    /// <summary>The stored document for people: each secret that has a value is masked.</summary>
    /// <param name="json">The stored document.</param>
    /// <param name="secretNames">The secret properties. Null if the provider is gone: then whatever opens is a secret.</param>
    /// <param name="key">The integration.</param>
    public JsonObject Mask(string json, IReadOnlyList<string>? secretNames, IntegrationKey key)
    {
        var details = DetailsJson.ReadStored(json);
        foreach (var name in secretNames ?? SealedNames(details, key))
            if (TextOf(details, name) is { Length: > 0 })
                details[name] = IntegrationView.MaskedSecret;
        return details;
    }

    /// <summary>Whether any of these secrets has a value.</summary>
    public static bool HasSecrets(string json, IReadOnlyList<string> secretNames)
    {
        if (secretNames.Count == 0)
            return false;
        var details = DetailsJson.ReadStored(json);
        return secretNames.Any(name => TextOf(details, name) is { Length: > 0 });
    }

    /// <summary>The stored document without its secrets. For <paramref name="secretNames"/> see <see cref="Mask"/>.</summary>
    public string Strip(string json, IReadOnlyList<string>? secretNames, IntegrationKey key)
    {
        var details = DetailsJson.ReadStored(json);
        foreach (var name in secretNames ?? SealedNames(details, key))
            details.Remove(name);
        return details.ToJsonString();
    }

    private List<string> SealedNames(JsonObject details, IntegrationKey key) =>
        [.. details.Select(p => p.Key).Where(n => TextOf(details, n) is { Length: > 0 } text && protector.TryUnprotect(text, Scope(key, n), out _))];

    private static SecretScope Scope(IntegrationKey key, string name) => new(key, SecretFields.Details(name));

    /// <summary>A secret's text, whatever kind of value it is. Null if it is not there.</summary>
    public static string? TextOf(JsonObject details, string name) => details[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => other.ToJsonString(),
    };
}
