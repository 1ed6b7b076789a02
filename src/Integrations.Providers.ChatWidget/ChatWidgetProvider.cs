namespace Integrations.Providers.ChatWidget;

/// <summary>The website chat widget: the host itself is the platform, so there is nothing to authorise.</summary>
internal sealed class ChatWidgetProvider : IIntegrationProvider
{
    public IntegrationDescriptor Descriptor { get; } = new()
    {
        Type = IntegrationType.ChatWidget,
        DisplayName = "Website chat widget",
        Description = "A chat bubble on the client's own website.",
        Authorization = AuthorizationKind.None,
        Pkce = PkceMode.NotSupported,
    };

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) =>
        Task.FromException<AuthorizationRequest>(new IntegrationException(IntegrationErrorKind.NotAvailable, NothingToAuthorize().SafeMessage!)
        {
            Type = IntegrationType.ChatWidget,
        });

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) =>
        Task.FromResult(TokenResult.Failed(NothingToAuthorize()));

    public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) =>
        Task.FromResult(TokenResult.Failed(NothingToAuthorize()));

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) =>
        Task.FromResult(ChatWidgetDetails.Validate(context));

    private static ProviderError NothingToAuthorize() => new()
    {
        Kind = ProviderErrorKind.NotAvailable,
        Code = "nothing_to_authorize",
        SafeMessage = "The chat widget needs no authorization. Deploy it instead of connecting it.",
    };
}
