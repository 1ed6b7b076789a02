using System.Net;
using System.Security.Claims;
using Integrations.Providers.Instagram;
using Integrations.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace QuickStart.Cast;

/// <summary>The host application: what you would write, plus a sign-in without a password.</summary>
internal static class DemoHost
{
    public const string VerifyToken = "any-text-you-choose";

    public static async Task<WebApplication> StartAsync(Uri address, MetaSimulator meta, string folder, TimeProvider clock, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, address.Port));
        builder.Services.AddSingleton(clock);
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(folder));
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();

        // The part that matters.
        builder.Services
            .AddIntegrations(options => options.PublicBaseUri = address)
            .AddFacebook(options =>
            {
                options.AppId = meta.AppId;
                options.AppSecret = meta.AppSecret;
                options.VerifyToken = VerifyToken;
                options.GraphBaseUri = meta.GraphBaseUri; // at real Meta these two stay as they are
                options.DialogBaseUri = meta.DialogBaseUri;
            })
            .AddInstagram(options =>
            {
                options.LoginRoute = InstagramLoginRoute.InstagramLogin;
                options.InstagramAppId = meta.InstagramAppId;
                options.InstagramAppSecret = meta.InstagramAppSecret;
                options.VerifyToken = VerifyToken;
                options.InstagramDialogBaseUri = meta.InstagramDialogBaseUri; // and these three
                options.InstagramApiBaseUri = meta.InstagramApiBaseUri;
                options.InstagramGraphBaseUri = meta.InstagramGraphBaseUri;
            })
            .AddSqliteStore($"Data Source={Path.Combine(folder, "integrations.db")};Pooling=False")
            .AddMessageHandler<EchoAgent>()
            .AddEvents<EventFeed>();

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/sign-in", SignInAsync);
        app.MapIntegrations();
        await app.StartAsync(ct);
        return app;
    }

    private static Task SignInAsync(HttpContext http) => http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, Owner.UserId), new Claim("client_id", Owner.ClientId.ToString())],
        CookieAuthenticationDefaults.AuthenticationScheme)));
}
