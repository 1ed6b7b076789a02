namespace Integrations;

/// <summary>
/// The code that speaks one platform's dialect. A provider that can do more implements the capability interfaces as well:
/// <see cref="IAccountSource"/>, <see cref="IChannelActivator"/>, <see cref="IWebhookReceiver"/>, <see cref="IWebhookAccountReader"/>, <see cref="IMessageSender"/>,
/// <see cref="ITokenRevoker"/>, <see cref="IConnectionProbe"/>, <see cref="IConnectionChecks"/>, <see cref="IActivationProbe"/>, <see cref="ICredentialForm"/>, <see cref="IPlatformNotices"/>.
/// </summary>
/// <remarks>
/// <para>One instance serves all clients at once: keep no state per client, and no token longer than a call.</para>
/// <para>The runtime owns state, PKCE, the clock, retries and persistence. A provider says what the platform said: protocol
/// failures are returned as <see cref="ProviderError"/>. It may let <see cref="HttpRequestException"/> and time-outs escape;
/// the runtime reads them as <see cref="ProviderErrorKind.Transient"/> or, once a request has left,
/// <see cref="ProviderErrorKind.OutcomeUnknown"/>.</para>
/// <para>This interface does not grow: new abilities come as new capability interfaces.</para>
/// </remarks>
public interface IIntegrationProvider
{
    /// <summary>What the platform is and can do. The same object or an equal one each time.</summary>
    IntegrationDescriptor Descriptor { get; }

    /// <summary>Builds the address of the platform's consent dialog. Makes no call that changes anything.</summary>
    Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default);

    /// <summary>Exchanges an authorization code for the longest-lived tokens the platform gives.</summary>
    Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default);

    /// <summary>Fetches fresh tokens for a connection. Called by one caller at a time for each integration.</summary>
    Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default);

    /// <summary>Checks a details document and fills its defaults. Validating a normalised document gives the same document.</summary>
    Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default);
}
