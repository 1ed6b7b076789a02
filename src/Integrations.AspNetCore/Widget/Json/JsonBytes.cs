using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>An answer written by hand, without a serializer.</summary>
internal sealed class JsonBytes(int status, Action<Utf8JsonWriter> write) : IResult
{
    // application/json with nosniff is never read as a page.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        return buffer.WrittenMemory;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = Of(write);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
