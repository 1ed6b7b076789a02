using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.AotSmoke;

/// <summary>A host with everything but a database, the way the README sets it up.</summary>
internal sealed class SmokeHost(WebApplication app, FakePlatform platform) : IAsyncDisposable
{
    private static readonly Guid Client = new("0193f5a0-0000-7000-8000-000000000001");
    private static readonly Guid Chat = new("0193f5a0-0000-7000-8000-000000000002");

    private static ClaimsPrincipal SignedIn { get; } = new(new ClaimsIdentity(
        [new Claim("client_id", Client.ToString()), new Claim(ClaimTypes.NameIdentifier, "user-1")], "smoke"));

    public static async Task<SmokeHost> StartAsync(FakePlatform platform)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddIntegrations(o => o.PublicBaseUri = new Uri("https://chat.example.com"))
            .AddFacebook(o =>
            {
                o.AppId = FakePlatform.AppId;
                o.AppSecret = FakePlatform.AppSecret;
                o.VerifyToken = "verify-me";
                o.GraphBaseUri = platform.Address;
                o.DialogBaseUri = platform.Address;
            })
            .AddInstagram(o =>
            {
                o.AppId = FakePlatform.AppId;
                o.AppSecret = FakePlatform.AppSecret;
                o.VerifyToken = "verify-me";
                o.GraphBaseUri = platform.Address;
                o.DialogBaseUri = platform.Address;
            })
            .AddChatWidget()
            .AddMessageHandler<EchoAgent>();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Use((context, next) =>
        {
            context.User = SignedIn;
            return next(context);
        });
        app.UseAuthorization(); // after the sign-in above; by itself it would come first
        app.MapIntegrations();
        await app.StartAsync();
        return new SmokeHost(app, platform);
    }

    public async Task ConnectAsync(CancellationToken ct)
    {
        var connector = app.Services.GetRequiredService<IIntegrationConnector>();
        var start = await connector.StartAsync(
            new StartConnectRequest { ClientId = Client, ChatId = Chat, Type = IntegrationType.Facebook, UserBinding = "user-1" }, ct);
        var state = QueryHelpers.ParseQuery(start.AuthorizationUri?.Query)["state"].ToString();
        var result = await connector.CompleteAsync(new AuthorizationCallback
        {
            Type = IntegrationType.Facebook,
            State = new Secret(state),
            Code = new Secret("code-1"),
            BrowserToken = start.BrowserToken,
            UserBinding = "user-1",
        }, ct);
        Expect(result.Outcome == ConnectOutcome.Connected, $"Connecting gave {result.Outcome} ({result.Error}).");
    }

    public async Task DeployAsync(CancellationToken ct)
    {
        var result = await app.Services.GetRequiredService<IIntegrationDeployer>().DeployAsync(new DeploymentRequest
        {
            ClientId = Client,
            ChatId = Chat,
            Channels = [new ChannelDeployment { Type = IntegrationType.Facebook }],
        }, ct);
        Expect(result.Channels[0].Status == ChannelStatus.Live, $"Deploying gave {result.Channels[0].Status} ({result.Channels[0].Error}).");
    }

    /// <summary>Reads over HTTP what was deployed: the JSON of the management API is made without reflection.</summary>
    public async Task ListAsync(CancellationToken ct)
    {
        using var http = new HttpClient();
        var list = await http.GetStringAsync(new Uri($"{app.Urls.First()}/integrations/api/integrations"), ct);
        Expect(list.Contains("\"facebook\"", StringComparison.Ordinal), $"The management API listed {list}.");
    }

    public async Task ReceiveAsync(string text, CancellationToken ct)
    {
        var body = Encoding.UTF8.GetBytes(FakePlatform.Webhook(text));
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.Add("X-Hub-Signature-256",
            $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(FakePlatform.AppSecret), body))}");
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"{app.Urls.First()}/integrations/facebook/webhook"), content, ct);
        Expect(answer.IsSuccessStatusCode, $"The webhook answered {(int)answer.StatusCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private void Expect(bool met, string otherwise)
    {
        if (!met)
            throw new InvalidOperationException($"{otherwise} The platform was called: {string.Join("; ", platform.Calls)}.");
    }
}
