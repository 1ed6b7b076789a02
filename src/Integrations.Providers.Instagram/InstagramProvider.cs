namespace Integrations.Providers.Instagram;

/// <summary>Instagram as far as it exists: its description and its details document.</summary>
internal sealed class InstagramProvider : IIntegrationProvider
{
    // No refresh policy, no messaging policy, no capability: what is not there is not promised.
    public IntegrationDescriptor Descriptor { get; } = new()
    {
        Type = IntegrationType.Instagram,
        DisplayName = "Instagram",
        Description = "Answers direct messages to an Instagram professional account.",
        Availability = IntegrationAvailability.ComingSoon,
        Authorization = AuthorizationKind.OAuth2,
        RequiredScopes = ["instagram_basic", "instagram_manage_messages"],
        AuthorizationHosts = ["www.facebook.com", "www.instagram.com"],
        Pkce = PkceMode.NotSupported,
        SecretDetails = [InstagramDetails.AccessToken],
    };

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) =>
        Task.FromException<AuthorizationRequest>(new IntegrationException(IntegrationErrorKind.NotAvailable, NotComplete().SafeMessage!)
        {
            Type = IntegrationType.Instagram,
        });

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) =>
        Task.FromResult(TokenResult.Failed(NotComplete()));

    public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) =>
        Task.FromResult(TokenResult.Failed(NotComplete()));

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) =>
        Task.FromResult(InstagramDetails.Validate(context));

    private static ProviderError NotComplete() => new()
    {
        Kind = ProviderErrorKind.NotAvailable,
        Code = "not_complete",
        SafeMessage = "The Instagram provider is not complete in this version: it describes Instagram and checks its details, and cannot connect. Use a later version.",
    };
}
