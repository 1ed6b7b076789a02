namespace Integrations;

/// <summary>
/// A provider whose accounts are connected by typed credentials instead of a redirect, with <see cref="AuthorizationKind.Credentials"/>
/// in its descriptor. <c>MapIntegrations()</c> shows people the form. The OAuth flow is then never started: <see cref="IIntegrationProvider.AuthorizeAsync"/> and
/// <see cref="IIntegrationProvider.ExchangeCodeAsync"/> are not called, nor is <see cref="IIntegrationProvider.RefreshAsync"/> with
/// <see cref="RefreshMode.None"/>.
/// </summary>
public interface ICredentialForm
{
    /// <summary>The fields to ask for, in order.</summary>
    IReadOnlyList<CredentialField> Fields { get; }

    /// <summary>
    /// Proves the credentials to the platform and returns them as tokens, with the account they open. Credentials that the platform
    /// refuses are <see cref="ProviderErrorKind.AccessDenied"/>, with a <see cref="ProviderError.SafeMessage"/> that says where to find
    /// the right ones. What else must be kept, such as a webhook secret made here, goes into <see cref="TokenSet.Details"/>.
    /// </summary>
    Task<TokenResult> ConnectAsync(CredentialSubmission submission, CancellationToken ct = default);
}
