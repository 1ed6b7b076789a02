using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget;

/// <summary>The website chat widget: the host itself is the platform, so there is nothing to authorise.</summary>
internal sealed class ChatWidgetProvider(IConversationStore conversations, IWidgetBackplane backplane, TimeProvider time)
    : IIntegrationProvider, IMessageSender, IWidgetChannel, IConnectionChecks
{
    private readonly ConversationSender _sender = new(conversations, backplane, time);

    public IntegrationDescriptor Descriptor { get; } = new()
    {
        Type = IntegrationType.ChatWidget,
        DisplayName = "Website chat widget",
        Description = "A chat bubble on the client's own website.",
        Authorization = AuthorizationKind.None,
        Pkce = PkceMode.NotSupported,
        SecretDetails = [ChatWidgetProperties.IdentitySecret],
        // No window: the visitor's page is the client's own. Lengths are what a bubble can show.
        Messaging = new MessagingPolicy { MaxTextLength = 4000, MaxQuickReplies = 10, MaxButtons = 5, IsSafeToResend = true },
    };

    public WidgetScript Script => WidgetResource.Script;

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

    public Task<IReadOnlyList<ConnectionCheck>> CheckAsync(ConnectionCheckContext context, CancellationToken ct = default) =>
        Task.FromResult(WidgetChecks.Run(context.Connection));

    public Task<SendResult> SendAsync(SendContext context, CancellationToken ct = default) => _sender.SendAsync(context, ct);

    public WidgetSettings ReadSettings(JsonObject details) => ChatWidgetSettings.Read(details);

    public JsonObject Project(JsonObject details, string? locale) => ChatWidgetProjection.Of(details, locale);

    private static ProviderError NothingToAuthorize() => new()
    {
        Kind = ProviderErrorKind.NotAvailable,
        Code = "nothing_to_authorize",
        SafeMessage = "The chat widget needs no authorization. Deploy it instead of connecting it.",
    };
}
