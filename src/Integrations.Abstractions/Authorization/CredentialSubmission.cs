namespace Integrations;

/// <summary>What a person typed into a credential form.</summary>
public sealed class CredentialSubmission
{
    /// <summary>
    /// Values by <see cref="CredentialField.Name"/>, as typed: spaces around them are the provider's to cut. A provider finds every
    /// required field here, and not every other one.
    /// </summary>
    public required IReadOnlyDictionary<string, Secret> Values { get; init; }
}
