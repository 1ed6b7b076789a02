using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Integrations.EndToEnd.Tests.ThirdParty;

/// <summary>The invented platform itself: standard OAuth with PKCE and rotating refresh tokens, and an endpoint for letters.</summary>
internal sealed class PigeonPostPlatform : IAsyncDisposable
{
    public const string ClientId = "pigeon-app";
    public const string ClientSecret = "pigeon-secret-0123456789";
    public const string LoftId = "loft-7";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Challenge, string RedirectUri)> _codes = new();
    private readonly ConcurrentDictionary<string, bool> _refreshTokens = new();
    private readonly HttpClient _http = new();
    private int _serial;
    private string _accessToken = "";

    private PigeonPostPlatform(WebApplication app) => _app = app;

    public Uri BaseUri => new(_app.Urls.First() + "/");

    public ConcurrentQueue<(string To, string Text)> Letters { get; } = new();

    public ConcurrentQueue<string> TokenRequests { get; } = new();

    public static async Task<PigeonPostPlatform> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var platform = new PigeonPostPlatform(builder.Build());
        platform._app.Run(platform.HandleAsync);
        await platform._app.StartAsync(ct);
        return platform;
    }

    /// <summary>What a person does on the consent dialog: answers where the browser goes next.</summary>
    public Uri Consent(Uri dialog)
    {
        var query = QueryHelpers.ParseQuery(dialog.Query);
        Assert.Equal("S256", query["code_challenge_method"]);
        var code = $"pigeon-code-{Next()}";
        _codes[code] = (query["code_challenge"]!, query["redirect_uri"]!);
        return new Uri(QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    /// <summary>Posts one letter to the host, signed over its bytes.</summary>
    public async Task<HttpStatusCode> DeliverAsync(Uri webhook, string id, string from, string text, CancellationToken ct)
    {
        var letter = new JsonObject { ["id"] = id, ["loft_id"] = LoftId, ["from"] = from, ["text"] = text };
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["letters"] = new JsonArray(letter) }.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Pigeon-Signature", Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ClientSecret), body)));
        using var response = await _http.SendAsync(request, ct);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var (status, answer) = context.Request.Path.Value switch
        {
            "/oauth/token" => Token(await context.Request.ReadFormAsync()),
            "/letters" => Letter(context.Request.Headers.Authorization!, (await context.Request.ReadFromJsonAsync<JsonObject>())!),
            _ => (404, new JsonObject { ["error"] = "not_found" }),
        };
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(answer);
    }

    private (int Status, JsonObject Answer) Token(IFormCollection form)
    {
        TokenRequests.Enqueue(form["grant_type"]!);
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret)
            return Refuse("invalid_client");
        var proven = form["grant_type"] == "refresh_token"
            ? _refreshTokens.TryRemove(form["refresh_token"]!, out _)
            : _codes.TryRemove(form["code"]!, out var pending) && pending.RedirectUri == form["redirect_uri"] && pending.Challenge == Challenge(form["code_verifier"]!);
        if (!proven)
            return Refuse("invalid_grant");

        _accessToken = $"pigeon-access-{Next()}";
        var refreshToken = $"pigeon-refresh-{Next()}";
        _refreshTokens[refreshToken] = true;
        return (200, new JsonObject
        {
            ["access_token"] = _accessToken,
            ["refresh_token"] = refreshToken,
            ["expires_in"] = 3600,
            ["scope"] = "letters",
            ["loft_id"] = LoftId,
            ["loft_name"] = "Loft Seven",
            ["ring_code"] = "pigeon-ring-4711",
        });
    }

    private (int Status, JsonObject Answer) Letter(string authorization, JsonObject letter)
    {
        if (authorization != $"Bearer {_accessToken}")
            return Refuse("token_revoked");
        Letters.Enqueue((letter["to"]!.GetValue<string>(), letter["text"]!.GetValue<string>()));
        return (200, new JsonObject { ["id"] = $"letter-{Next()}" });
    }

    private static (int Status, JsonObject Answer) Refuse(string error) => (400, new JsonObject { ["error"] = error });

    private static string Challenge(string verifier) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private string Next() => Interlocked.Increment(ref _serial).ToString(CultureInfo.InvariantCulture);
}
