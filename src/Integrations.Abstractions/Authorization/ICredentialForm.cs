namespace Integrations;

/// <summary>A provider whose accounts are connected by typed credentials instead of a redirect.</summary>
public interface ICredentialForm
{
    /// <summary>The fields to ask for, in order.</summary>
    IReadOnlyList<CredentialField> Fields { get; }

    /// <summary>Proves the credentials to the platform and returns them as tokens, with the account they open.</summary>
    Task<TokenResult> ConnectAsync(CredentialSubmission submission, CancellationToken ct = default);
}
