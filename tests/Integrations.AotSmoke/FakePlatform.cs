using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integrations.AotSmoke;

/// <summary>As much of a Graph API as one Page needs to be connected and answered. The simulator of Integrations.Testing is for tests; this is for native code.</summary>
internal sealed class FakePlatform(WebApplication app) : IAsyncDisposable
{
    public const string AppId = "900100200300400";
    public const string AppSecret = "5f4dcc3b5aa765d61d8327deb882cf99";
    private const string PageId = "104526370912345";

    private const string Permissions = """
        {"data":[{"permission":"pages_show_list","status":"granted"},{"permission":"pages_messaging","status":"granted"},
        {"permission":"pages_manage_metadata","status":"granted"},{"permission":"pages_read_engagement","status":"granted"},
        {"permission":"business_management","status":"granted"}]}
        """;

    private readonly TaskCompletionSource<string?> _sentText = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _calls = [];

    public Uri Address { get; } = new(app.Urls.First());

    /// <summary>The first message the platform was given.</summary>
    public Task<string?> SentText => _sentText.Task;

    public IEnumerable<string> Calls => _calls;

    public static async Task<FakePlatform> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        FakePlatform? platform = null;
        app.Run(context => platform!.AnswerAsync(context));
        await app.StartAsync();
        return platform = new FakePlatform(app);
    }

    public static string Webhook(string text) =>
        $$$"""{"object":"page","entry":[{"id":"{{{PageId}}}","time":1785312004871,"messaging":[{"sender":{"id":"7392018465100"},"recipient":{"id":"{{{PageId}}}"},"timestamp":{{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}},"message":{"mid":"m_1","text":"{{{text}}}"}}]}]}""";

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        _calls.Enqueue($"{context.Request.Method} {path}");
        if (path.EndsWith("/messages", StringComparison.Ordinal))
            await TakeMessageAsync(context.Request);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Answer(context.Request.Method, path[(path.LastIndexOf('/') + 1)..]));
    }

    private async Task TakeMessageAsync(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        if (body.RootElement.TryGetProperty("message", out var message) && message.TryGetProperty("text", out var text))
            _sentText.TrySetResult(text.GetString());
    }

    private static string Answer(string method, string edge) => edge switch
    {
        "access_token" => """{"access_token":"user-token","token_type":"bearer","expires_in":5184000}""",
        "accounts" => $$"""{"data":[{"id":"{{PageId}}","name":"A Page","access_token":"page-token","tasks":["MESSAGING","MODERATE","MANAGE"]}]}""",
        "permissions" => Permissions,
        "me" => """{"id":"1029","name":"A Person"}""",
        "debug_token" => $$$"""{"data":{"app_id":"{{{AppId}}}","type":"USER","is_valid":true,"user_id":"1029","expires_at":0,"scopes":["pages_show_list","pages_messaging","pages_manage_metadata","pages_read_engagement"]}}""",
        "subscribed_apps" when method == "GET" => $$"""{"data":[{"id":"{{AppId}}","subscribed_fields":["messages","messaging_postbacks","message_deliveries","message_reads","message_echoes"]}]}""",
        "messages" => """{"recipient_id":"7392018465100","message_id":"m_answer"}""",
        "messenger_profile" => """{"result":"success"}""",
        PageId => $$"""{"id":"{{PageId}}","name":"A Page","access_token":"page-token"}""",
        _ => """{"success":true}""",
    };
}
