using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integrations.Benchmarks.Hosting;

/// <summary>The baseline: Kestrel reads the body, checks the signature and parses the envelope. No routing, no store.</summary>
internal sealed class BareHost(WebApplication app) : IWebhookServer
{
    public int Port { get; } = new Uri(app.Urls.First()).Port;

    public string Path => "/webhook";

    /// <param name="accepted">What happens with a parsed envelope before the answer.</param>
    public static async Task<BareHost> StartAsync(Func<WebhookEnvelope, Task> accepted)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context => HandleAsync(context, accepted));
        await app.StartAsync();
        return new BareHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task HandleAsync(HttpContext context, Func<WebhookEnvelope, Task> accepted)
    {
        var reader = context.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync((int)context.Request.ContentLength!.Value, context.RequestAborted);
        var envelope = IsGenuine(read.Buffer, context.Request.Headers["X-Hub-Signature-256"].ToString()) ? Parse(read.Buffer) : null;
        reader.AdvanceTo(read.Buffer.End);
        if (envelope is null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await accepted(envelope);
        context.Response.ContentLength = 0;
    }

    private static bool IsGenuine(ReadOnlySequence<byte> body, string header)
    {
        Span<byte> expected = stackalloc byte[32];
        Span<byte> actual = stackalloc byte[32];
        if (body.IsSingleSegment)
            HMACSHA256.HashData(WebhookScenario.SecretBytes, body.FirstSpan, expected);
        else
            HMACSHA256.HashData(WebhookScenario.SecretBytes, body.ToArray(), expected);
        return header.StartsWith("sha256=", StringComparison.Ordinal)
            && Convert.FromHexString(header.AsSpan(7), actual, out _, out _) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(expected, actual);
    }

    private static WebhookEnvelope? Parse(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return JsonSerializer.Deserialize(ref reader, WebhookEnvelopeJson.Default.WebhookEnvelope);
    }
}
