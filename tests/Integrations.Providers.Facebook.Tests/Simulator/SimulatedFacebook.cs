using System.Net;
using Integrations.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Providers.Facebook.Tests;

/// <summary>The provider talking to a simulated Meta over real sockets, with its webhook beside it. Both share one fake clock.</summary>
public abstract class SimulatedFacebook : IAsyncLifetime
{
    private const string Redirect = "https://app.example.com/integrations/facebook/callback";
    private const string VerifyToken = "verify me";
    private static readonly Uri WebhookUri = new("https://app.example.com/integrations/facebook/webhook");

    private readonly List<ServiceProvider> _services = [];
    private ProviderCallback _callback = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    protected MetaSimulator Meta { get; private set; } = null!;

    protected SimulatedUser Ada { get; private set; } = null!;

    protected SimulatedPage Page { get; private set; } = null!;

    /// <summary>What the webhook was told, in order.</summary>
    protected IReadOnlyList<InboundEvent> Received => _callback.Events;

    /// <summary>The notices that came, verified or not.</summary>
    protected IReadOnlyList<PlatformNoticeResult> Notices => _callback.Notices;

    private protected FacebookProvider Facebook { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _callback = new ProviderCallback();
        var options = new MetaSimulatorOptions
        {
            TimeProvider = Time,
            CallbackHandler = _callback,
            RedirectUris = [new Uri(Redirect)],
            LoginConfigurations = [new LoginConfiguration { Id = "4711", Scopes = [.. FacebookDefaults.Scopes], SystemUserToken = true }],
            AccountsPageSize = 2,
        };
        Meta = await MetaSimulator.StartAsync(options, Ct);
        Ada = Meta.AddUser("Ada Admin");
        Page = Meta.AddPage("My Business Page", Ada, pageId: "1029");
        UnavailableFields = options.UnavailableFields;
        Facebook = Create();
    }

    protected ISet<string> UnavailableFields { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        // The simulator first: until it has stopped, an event may be on its way into the provider.
        await Meta.DisposeAsync();
        _callback.Dispose();
        foreach (var services in _services)
            await services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected FacebookProvider Create(Action<FacebookOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging();
        new IntegrationsBuilder(services).AddFacebook(o =>
        {
            o.AppId = Meta.AppId;
            o.AppSecret = Meta.AppSecret;
            o.VerifyToken = VerifyToken;
            o.GraphBaseUri = Meta.GraphBaseUri;
            o.DialogBaseUri = Meta.DialogBaseUri;
            configure?.Invoke(o);
        });
        var built = services.BuildServiceProvider();
        _services.Add(built);
        var provider = (FacebookProvider)built.GetRequiredService<IIntegrationProvider>();
        _callback.Provider = provider;
        return provider;
    }

    protected static Uri NoticeUri(PlatformNoticeKind kind) => new($"https://app.example.com/notices/{kind}");

    private protected async Task<TokenResult> ExchangeAsync(Action<ConsentChoice>? choose = null, FacebookProvider? provider = null)
    {
        provider ??= Facebook;
        var dialog = await provider.AuthorizeAsync(
            new AuthorizeContext { State = new Secret("st/ate="), RedirectUri = new Uri(Redirect), Scopes = provider.Descriptor.RequiredScopes }, Ct);
        var callback = await Meta.ConsentAsync(dialog.Uri, Ada, choose, Ct);
        var query = QueryHelpers.ParseQuery(callback.Query);
        Assert.Equal("st/ate=", query["state"]);
        return await provider.ExchangeCodeAsync(new CodeExchangeContext { Code = new Secret(query["code"]), RedirectUri = new Uri(Redirect) }, Ct);
    }

    protected async Task<ConnectionContext> ConnectAsync()
    {
        var grant = (await ExchangeAsync()).Tokens!;
        return Open((await Facebook.SelectAccountAsync(grant, Page.Id, Ct)).Tokens!);
    }

    protected async Task<ConnectionContext> GoLiveAsync()
    {
        await Meta.SetWebhookAsync(WebhookUri, VerifyToken, Ct);
        var connection = await ConnectAsync();
        Assert.True((await Facebook.ActivateAsync(connection, Ct)).Succeeded);
        return connection;
    }

    protected static ConnectionContext Open(TokenSet tokens) => new()
    {
        Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
        AccountId = tokens.AccountId!,
        AccessToken = tokens.AccessToken,
        RefreshToken = tokens.RefreshToken,
        Details = tokens.Details!,
    };

    protected Task<SendResult> SendAsync(ConnectionContext connection, SimulatedContact contact, OutboundMessage message, string reference = "ref-1") =>
        Facebook.SendAsync(new SendContext { Connection = connection, ContactId = contact.Id, Message = message, Reference = reference, LastInboundAt = contact.LastActionAt }, Ct);

    private sealed class ProviderCallback : HttpMessageHandler
    {
        private readonly List<InboundEvent> _events = [];

        public FacebookProvider Provider { get; set; } = null!;

        public List<PlatformNoticeResult> Notices { get; } = [];

        public IReadOnlyList<InboundEvent> Events
        {
            get
            {
                lock (_events)
                    return [.. _events];
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Segments is [_, "notices/", var kind])
                return await ReadNoticeAsync(kind, await request.Content!.ReadAsStringAsync(cancellationToken), cancellationToken);
            var result = await Provider.ReceiveAsync(
                new WebhookRequest
                {
                    Method = request.Method.Method,
                    PublicUri = WebhookUri,
                    Headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase),
                    Query = QueryHelpers.ParseQuery(request.RequestUri.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
                    Body = request.Content is null ? default : await request.Content.ReadAsByteArrayAsync(cancellationToken),
                },
                cancellationToken);
            lock (_events)
                _events.AddRange(result.Events);
            var status = result.Verdict == WebhookVerdict.Accepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized;
            return new HttpResponseMessage(status) { Content = new StringContent(result.Reply?.Body ?? string.Empty) };
        }

        private async Task<HttpResponseMessage> ReadNoticeAsync(string kind, string form, CancellationToken ct)
        {
            Notices.Add(await Provider.ReadNoticeAsync(
                new PlatformNoticeRequest
                {
                    Kind = Enum.Parse<PlatformNoticeKind>(kind),
                    Form = QueryHelpers.ParseQuery(form).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
                },
                ct));
            return new HttpResponseMessage { Content = new StringContent("""{"url":"https://app.example.com/d","confirmation_code":"c"}""", System.Text.Encoding.UTF8, "application/json") };
        }
    }
}
