using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>Seals the secrets of one integration anew. Decides only; writes nothing.</summary>
internal sealed class SecretResealer(ISecretProtector protector, ProviderRegistry providers)
{
    private readonly ISealedTextInspector? _inspector = protector as ISealedTextInspector;

    /// <summary>What is to be written, and what was found.</summary>
    public Resealed Reseal(StoredIntegration stored)
    {
        var (record, connection) = (stored.Record, stored.Connection);
        var found = new Findings();
        var authToken = Field(record.AuthToken, record.Key, SecretFields.AuthToken, found);
        var refreshToken = Field(record.RefreshToken, record.Key, SecretFields.RefreshToken, found);
        var names = providers.Find(record.Type)?.Descriptor.SecretDetails;
        var details = Details(record, names, found);
        // An upgraded row whose provider is not installed keeps its mark: nobody knows yet which of its properties are secret.
        var marks = connection.ConfigurationVersion == 0 && names is not null;
        return new Resealed(found.Changed || marks
            ? new SealedReplacement
            {
                TokenVersion = connection.TokenVersion,
                ConfigurationVersion = connection.ConfigurationVersion,
                AuthToken = authToken,
                RefreshToken = refreshToken,
                Details = details,
            }
            : null, found.Changed, found.Plain, found.Unreadable);
    }

    private string Details(IntegrationRecord record, IReadOnlyList<string>? names, Findings found)
    {
        var details = DetailsJson.ReadStored(record.Details);
        var before = found.Changes;
        foreach (var name in names ?? [.. details.Select(p => p.Key)])
        {
            if (DetailsSealer.TextOf(details, name) is not { Length: > 0 } text)
                continue;
            // Without a provider only what is sealed for this place is known to be a secret.
            var scope = new SecretScope(record.Key, SecretFields.Details(name));
            if (names is null && !protector.TryUnprotect(text, scope, out _))
                continue;
            if (Seal(text, scope, found) is var sealedText && sealedText != text)
                details[name] = JsonValue.Create(sealedText);
        }

        return found.Changes == before ? record.Details : details.ToJsonString();
    }

    private string? Field(string? text, IntegrationKey key, string field, Findings found) =>
        string.IsNullOrEmpty(text) ? text : Seal(text, new SecretScope(key, field), found);

    private string Seal(string text, SecretScope scope, Findings found)
    {
        if (protector.TryUnprotect(text, scope, out var secret))
        {
            if (_inspector?.IsCurrent(text, scope) ?? false)
                return text;
        }
        else if (_inspector?.LooksSealed(text) ?? true)
        {
            found.Unreadable = true;
            return text;
        }
        else
        {
            secret = new Secret(text);
            found.Plain = true;
        }

        found.Changes++;
        return protector.Protect(secret, scope);
    }

    internal readonly record struct Resealed(SealedReplacement? Replacement, bool IsChanged, bool WasPlain, bool IsUnreadable);

    private sealed class Findings
    {
        public int Changes { get; set; }

        public bool Changed => Changes > 0;

        public bool Plain { get; set; }

        public bool Unreadable { get; set; }
    }
}
