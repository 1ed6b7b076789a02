using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Integrations.AspNetCore;

/// <summary>Takes visitors' files and gives them out, so that nothing in them is ever run in a browser.</summary>
internal sealed class FileEndpoints(WidgetServer server, LocalUploads uploads)
{
    public async Task<IResult> PutAsync(HttpContext http, Guid id, string address)
    {
        var (call, refusal) = await server.Gate.EnterAsync(http, id, mayBeRemembered: false);
        if (call is null)
            return refusal!;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = uploads.MaxBytes;
        return await uploads.ReceiveAsync(call.Key, address, http.Request.Body, http.RequestAborted) switch
        {
            UploadResult.Stored => TypedResults.NoContent(),
            UploadResult.WrongType => Refusals.FileType,
            UploadResult.WrongSize => Refusals.Invalid("The file is not of the announced size."),
            _ => Refusals.NoUpload,
        };
    }

    public async Task<IResult> GetAsync(HttpContext http, Guid id, string address)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "private, no-store";
        if (await server.Sites.FindAsync(id, http.RequestAborted) is not { } site || uploads.Read(site.Key, address) is not var (file, path))
            return Refusals.NoFile;
        return FileKinds.IsPicture(file.Type)
            ? TypedResults.PhysicalFile(path, file.Type)
            : TypedResults.PhysicalFile(path, "application/octet-stream", file.Name);
    }
}
