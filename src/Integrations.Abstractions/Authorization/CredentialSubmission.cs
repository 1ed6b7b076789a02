namespace Integrations;

/// <summary>What a person typed into a credential form.</summary>
public sealed class CredentialSubmission
{
    /// <summary>Values by <see cref="CredentialField.Name"/>.</summary>
    public required IReadOnlyDictionary<string, Secret> Values { get; init; }
}
