using Integrations.Providers.Meta;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations.Providers.Facebook;

/// <summary>Facebook Messenger for Pages. Its parts do the work; this class only joins them to the contract.</summary>
internal sealed class FacebookProvider : IIntegrationProvider, IAccountSource, IChannelActivator, IWebhookReceiver, IMessageSender,
    ITokenRevoker, IConnectionProbe, IConnectionChecks, IActivationProbe, IPlatformNotices
{
    private readonly IOptionsMonitor<FacebookOptions> _options;
    private readonly MetaChannel[] _channels;
    private readonly FacebookLogin _login;
    private readonly FacebookPages _pages;
    private readonly TokenProbe _probe;
    private readonly PageActivation _activation;
    private readonly PageChecks _checks;
    private readonly MessageSending _sending;
    private readonly MetaWebhook _webhook;
    private IntegrationDescriptor? _descriptor;

    public FacebookProvider(
        IHttpClientFactory http, IOptionsMonitor<FacebookOptions> options, IEnumerable<MetaChannel> channels, TimeProvider time, ILogger<FacebookProvider> logger)
    {
        _options = options;
        _channels = [.. channels];
        var graph = new GraphClient(http, FacebookDefaults.HttpClientName, () => options.CurrentValue, time, logger);
        var tokens = new TokenExchange(graph);
        var inspection = new TokenInspection(graph);
        _login = new FacebookLogin(() => options.CurrentValue, tokens, inspection);
        var pages = new PageTokens(graph, tokens, inspection);
        _pages = new FacebookPages(pages);
        _probe = new TokenProbe(inspection, () => options.CurrentValue, FacebookDefaults.Scopes, time);
        _activation = new PageActivation(graph, () => options.CurrentValue, new MessengerProfile(graph), logger);
        _checks = new PageChecks(_probe, new PageRoleCheck(graph, pages), _activation, new AppChecks(graph), time);
        _sending = new MessageSending(graph, time);
        _webhook = new MetaWebhook(IntegrationType.Facebook, _channels, logger);
    }

    public IntegrationDescriptor Descriptor => _descriptor ??= FacebookDefaults.Describe(_options.CurrentValue);

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) =>
        Task.FromResult(_login.Authorize(context));

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) => _login.ExchangeAsync(context, ct);

    public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) => _pages.RefreshAsync(context.Connection, ct);

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) =>
        Task.FromResult(FacebookDetails.Validate(context));

    public Task<AccountListResult> ListAccountsAsync(TokenSet grant, CancellationToken ct = default) => _pages.ListAsync(grant, ct);

    public Task<TokenResult> SelectAccountAsync(TokenSet grant, string accountId, CancellationToken ct = default) =>
        _pages.SelectAsync(grant, accountId, ct);

    public Task<ProviderResult> ActivateAsync(ConnectionContext connection, CancellationToken ct = default) => _activation.ActivateAsync(connection, ct);

    public Task<ProviderResult> DeactivateAsync(ConnectionContext connection, CancellationToken ct = default) => _activation.DeactivateAsync(connection, ct);

    public Task<ProviderResult> RevokeAsync(ConnectionContext connection, CancellationToken ct = default) => _activation.RevokeAsync(connection, ct);

    public Task<ProbeResult> ProbeAsync(ConnectionContext connection, CancellationToken ct = default) =>
        _probe.ProbeAsync(connection.AccessToken, connection.AccountId, ct);

    public Task<IReadOnlyList<ConnectionCheck>> CheckAsync(ConnectionCheckContext context, CancellationToken ct = default) => _checks.RunAsync(context, ct);

    public Task<ActivationProbeResult> ProbeActivationAsync(ConnectionContext connection, CancellationToken ct = default) =>
        _activation.ProbeAsync(connection, ct);

    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken ct = default) => Task.FromResult(_webhook.Receive(request));

    public Task<SendResult> SendAsync(SendContext context, CancellationToken ct = default) =>
        _sending.SendAsync(context, new SendTarget(context.Connection.AccountId), ct);

    public Task<PlatformNoticeResult> ReadNoticeAsync(PlatformNoticeRequest request, CancellationToken ct = default) =>
        Task.FromResult(MetaNotices.Read(request, _channels));
}
