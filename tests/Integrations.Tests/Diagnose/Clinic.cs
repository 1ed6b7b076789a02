using Integrations.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Integrations.Tests.Diagnose;

/// <summary>A host whose platform answers checks and probes as a test says, and whose own webhook address is canned.</summary>
internal sealed class Clinic : IAsyncDisposable
{
    public const string Webhook = "GET /integrations/acme/webhook";

    private Clinic(Host host, CannedHttp http, CheckedAcme acme) => (Host, Http, Acme) = (host, http, acme);

    public Host Host { get; }

    public CannedHttp Http { get; }

    public CheckedAcme Acme { get; }

    public SubscriptionReconciler Reconciler => Host.Get<SubscriptionReconciler>();

    public static async Task<Clinic> OpenAsync(bool live = true, Action<IServiceCollection>? services = null, Action<IntegrationsOptions>? configure = null)
    {
        var http = new CannedHttp();
        var acme = new CheckedAcme();
        var host = await Host.StartAsync(acme, live: live, configure: o =>
        {
            o.DiagnosisReuse = TimeSpan.Zero; // each look of a test is a new one
            configure?.Invoke(o);
        }, services: s =>
        {
            services?.Invoke(s);
            s.PostConfigure<HttpClientFactoryOptions>(SelfCall.HttpClientName, o => o.HttpMessageHandlerBuilderActions.Add(b => b.PrimaryHandler = http));
        });
        return new Clinic(host, http, acme);
    }

    /// <summary>The webhook address ends at this host, as it should.</summary>
    public Clinic Reachable()
    {
        Http.On(Webhook, async (call, _) => new HttpResponseMessage { Content = new StringContent(await AnswerAsync(call)) });
        return this;
    }

    public async Task<ConnectionDiagnosis> DiagnoseAsync() => (await Host.Get<IConnectionDoctor>().DiagnoseAsync(Host.Key, Host.Ct))!;

    public async Task<ConnectionCheck> CheckAsync(string code) => (await DiagnoseAsync()).Find(code)!;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Http.Dispose();
    }

    private async Task<string> AnswerAsync(CannedCall call) => (await Host.Get<IWebhookIntake>().ReceiveAsync(Tests.Acme.Type, new WebhookRequest
    {
        Method = "GET",
        PublicUri = new Uri("https://host.example/integrations/acme/webhook"),
        Headers = new Dictionary<string, string>(),
        Query = call.Query,
    }, Host.Ct)).Reply!.Body;
}
