namespace Integrations;

/// <summary>One field of a credential form. Immutable.</summary>
public sealed class CredentialField
{
    /// <summary>The name the value is submitted under.</summary>
    public required string Name { get; init; }

    /// <summary>The label for people.</summary>
    public required string Label { get; init; }

    /// <summary>Where to find the value, in one sentence. Null for none.</summary>
    public string? Help { get; init; }

    /// <summary>True (the default) to hide it while typing.</summary>
    public bool IsSecret { get; init; } = true;

    /// <summary>False if it may be left empty. True (the default): the runtime refuses a form without it before the provider sees it.</summary>
    public bool IsRequired { get; init; } = true;
}
