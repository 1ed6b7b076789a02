using Integrations.Providers.Meta;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations.Providers.Instagram;

/// <summary>Instagram direct messages. Its parts do the work; this class joins them to the contract and chooses the route, once.</summary>
internal sealed class InstagramProvider : IIntegrationProvider, IAccountSource, IChannelActivator, IWebhookReceiver, IMessageSender,
    ITokenRevoker, IConnectionProbe, IConnectionChecks, IActivationProbe, IPlatformNotices
{
    private readonly IOptionsMonitor<InstagramOptions> _options;
    private readonly MetaChannel[] _channels;
    private readonly IInstagramRoute _route;
    private readonly InstagramActivation _activation;
    private readonly AccountChecks _checks;
    private readonly MessageSending _sending;
    private readonly MetaWebhook _webhook;
    private IntegrationDescriptor? _descriptor;

    public InstagramProvider(
        IHttpClientFactory http, IOptionsMonitor<InstagramOptions> options, IEnumerable<MetaChannel> channels, TimeProvider time, ILogger<InstagramProvider> logger)
    {
        _options = options;
        _channels = [.. channels];
        var graph = new GraphClient(http, InstagramDefaults.HttpClientName, () => options.CurrentValue, time, logger);
        _route = options.CurrentValue.LoginRoute == InstagramLoginRoute.InstagramLogin
            ? new InstagramRoute(graph, () => options.CurrentValue)
            : new FacebookRoute(graph, () => options.CurrentValue, time);
        _activation = new InstagramActivation(_route, graph, logger);
        _checks = new AccountChecks(_route, new AppChecks(graph), time);
        _sending = new MessageSending(graph, time);
        _webhook = new MetaWebhook(IntegrationType.Instagram, _channels, logger);
    }

    public IntegrationDescriptor Descriptor => _descriptor ??= InstagramDefaults.Describe(_route, _options.CurrentValue);

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) =>
        Task.FromResult(_route.Authorize(context));

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) => _route.ExchangeAsync(context, ct);

    public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) => _route.RefreshAsync(context.Connection, ct);

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) =>
        Task.FromResult(InstagramDetails.Validate(context));

    public Task<AccountListResult> ListAccountsAsync(TokenSet grant, CancellationToken ct = default) => _route.ListAsync(grant, ct);

    public Task<TokenResult> SelectAccountAsync(TokenSet grant, string accountId, CancellationToken ct = default) =>
        _route.SelectAsync(grant, accountId, ct);

    public Task<ProviderResult> ActivateAsync(ConnectionContext connection, CancellationToken ct = default) => _activation.ActivateAsync(connection, ct);

    public Task<ProviderResult> DeactivateAsync(ConnectionContext connection, CancellationToken ct = default) => _activation.DeactivateAsync(connection, ct);

    public Task<ProviderResult> RevokeAsync(ConnectionContext connection, CancellationToken ct = default) => _activation.RevokeAsync(connection, ct);

    public Task<ProbeResult> ProbeAsync(ConnectionContext connection, CancellationToken ct = default) => _route.ProbeAsync(connection, ct);

    public Task<IReadOnlyList<ConnectionCheck>> CheckAsync(ConnectionCheckContext context, CancellationToken ct = default) => _checks.RunAsync(context, ct);

    public Task<ActivationProbeResult> ProbeActivationAsync(ConnectionContext connection, CancellationToken ct = default) =>
        _route.ProbeSubscriptionAsync(connection, ct);

    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken ct = default) => Task.FromResult(_webhook.Receive(request));

    public Task<SendResult> SendAsync(SendContext context, CancellationToken ct = default) => _sending.SendAsync(context, _route.Target, ct);

    public Task<PlatformNoticeResult> ReadNoticeAsync(PlatformNoticeRequest request, CancellationToken ct = default) =>
        Task.FromResult(MetaNotices.Read(request, _channels));
}
