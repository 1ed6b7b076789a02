namespace Integrations.AspNetCore;

/// <summary>A credential form as it is shown to one person.</summary>
internal sealed class CredentialForm
{
    public const string SealName = "form";

    public required IntegrationDescriptor Platform { get; init; }

    public required IReadOnlyList<CredentialField> Fields { get; init; }

    /// <summary>Where it is sent.</summary>
    public required string Action { get; init; }

    /// <summary>Where a person goes who does not want to connect.</summary>
    public required string Back { get; init; }

    public required string Seal { get; init; }

    /// <summary>What was sent before. Null the first time.</summary>
    public IReadOnlyDictionary<string, string>? Sent { get; init; }

    /// <summary>Why it is shown again. Null the first time.</summary>
    public Failure? Failure { get; init; }

    /// <summary>
    /// What to fill a field with. Never a secret, also not one that was just typed: a page can be saved, printed, and read by
    /// whoever comes next.
    /// </summary>
    public string? Filled(CredentialField field) => field.IsSecret ? null : Sent?.GetValueOrDefault(InputName(field));

    public IntegrationFieldError? ErrorOf(CredentialField field) => Failure?.Errors.FirstOrDefault(e => e.Path == $"$.values.{field.Name}");

    /// <summary>A name of its own, so that no field of a platform can be taken for one of ours.</summary>
    public static string InputName(CredentialField field) => $"values.{field.Name}";

    /// <summary>What was typed, without what was left empty and without what the platform did not ask for.</summary>
    public static Dictionary<string, Secret> Typed(IReadOnlyList<CredentialField> fields, IReadOnlyDictionary<string, string> sent)
    {
        var typed = new Dictionary<string, Secret>(StringComparer.Ordinal);
        foreach (var field in fields)
            if (sent.GetValueOrDefault(InputName(field)) is { Length: > 0 } value)
                typed[field.Name] = new Secret(value);
        return typed;
    }
}
