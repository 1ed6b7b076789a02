using System.Collections.Concurrent;

namespace Integrations.Tests;

/// <summary>An invented platform whose every answer a test can set. Refreshes and sends are counted.</summary>
internal class Acme : IIntegrationProvider, IMessageSender, IWebhookReceiver
{
    private readonly ConcurrentDictionary<string, InboundEvent[]> _deliveries = new();
    private int _sent;

    public static IntegrationType Type { get; } = IntegrationType.Parse("acme");

    public MessagingPolicy Messaging { get; init; } = new() { MaxTextLength = 100, MaxQuickReplies = 3, MaxButtons = 2, HasEchoes = true };

    public RefreshPolicy Refresh { get; init; } = new() { Mode = RefreshMode.RefreshToken, RequestTimeout = TimeSpan.FromSeconds(20) };

    public IntegrationDescriptor Descriptor => field ??= new IntegrationDescriptor
    {
        Type = Type,
        DisplayName = "Acme",
        Authorization = AuthorizationKind.OAuth2,
        RequiredScopes = ["messages"],
        AuthorizationHosts = ["acme.example"],
        Refresh = Refresh,
        Messaging = Messaging,
        SecretDetails = ["page_access_token"],
    };

    public Func<RefreshContext, CancellationToken, Task<TokenResult>> OnRefresh { get; set; } = (_, _) => Task.FromResult(TokenResult.Success(Tokens("fresh")));

    public Func<SendContext, CancellationToken, Task<SendResult>>? OnSend { get; set; }

    public ConcurrentQueue<RefreshContext> Refreshes { get; } = new();

    public ConcurrentQueue<SendContext> Sends { get; } = new();

    public IReadOnlyList<string?> SentTexts => [.. Sends.Select(s => s.Message.Text)];

    public static TokenSet Tokens(string token, TimeSpan? expiresIn = null) => new()
    {
        AccessToken = new Secret(token),
        RefreshToken = new Secret(token + "-refresh"),
        ExpiresIn = expiresIn ?? TimeSpan.FromHours(1),
    };

    public static ProviderError Error(ProviderErrorKind kind, string code = "code", TimeSpan? retryAfter = null) =>
        new() { Kind = kind, Code = code, SafeMessage = "what happened", RetryAfter = retryAfter };

    public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default)
    {
        Refreshes.Enqueue(context);
        return OnRefresh(context, ct);
    }

    public Task<SendResult> SendAsync(SendContext context, CancellationToken ct = default)
    {
        Sends.Enqueue(context);
        return OnSend?.Invoke(context, ct) ?? Task.FromResult(SendResult.Sent($"mid-{Interlocked.Increment(ref _sent)}"));
    }

    /// <summary>A call that will deliver these events.</summary>
    public WebhookRequest Deliver(params InboundEvent[] events)
    {
        var id = Guid.NewGuid().ToString();
        _deliveries[id] = events;
        return new WebhookRequest
        {
            Method = "POST",
            PublicUri = new Uri("https://host.example/integrations/acme/webhook"),
            Headers = new Dictionary<string, string> { ["delivery"] = id },
            Query = new Dictionary<string, string>(),
        };
    }

    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken ct = default) => Task.FromResult(
        request.Headers.TryGetValue("delivery", out var id) ? WebhookResult.Accepted(_deliveries[id]) : WebhookResult.Unverified("signature_missing"));

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) => throw new NotSupportedException();
}

/// <summary>The same, with a probe.</summary>
internal sealed class ProbedAcme : Acme, IConnectionProbe
{
    private int _probes;

    public ProbeResult Probe { get; set; } = new();

    public int Probes => _probes;

    public Task<ProbeResult> ProbeAsync(ConnectionContext connection, CancellationToken ct = default)
    {
        Interlocked.Increment(ref _probes);
        return Task.FromResult(Probe);
    }
}
