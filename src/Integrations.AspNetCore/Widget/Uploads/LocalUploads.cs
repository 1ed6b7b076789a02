using System.Buffers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Integrations.AspNetCore;

/// <summary>Takes visitors' files itself and keeps them in a folder.</summary>
internal sealed class LocalUploads : IWidgetUploads, IContactFiles
{
    private const long LeastCounted = 64 * 1024;

    private readonly WidgetUploadOptions _options;
    private readonly TimeProvider _time;
    private readonly UploadFolder _folder;
    private readonly UploadAddresses _writing;
    private readonly UploadAddresses _reading;
    private readonly string _base;

    public LocalUploads(IOptions<WidgetUploadOptions> options, IOptions<IntegrationsOptions> runtime, IDataProtectionProvider protection, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _folder = new UploadFolder(_options.Folder);
        _writing = new UploadAddresses(protection, time, "write");
        _reading = new UploadAddresses(protection, time, "read");
        var site = new PublicSite(runtime.Value);
        _base = $"{site.Origin}{site.PathPrefix}/widget/";
        Types = [.. _options.Types];
    }

    public IReadOnlyList<string> Types { get; }

    public long MaxBytes => _options.MaxBytes;

    public Task<WidgetUploadTicket?> CreateAsync(WidgetUploadRequest request, CancellationToken ct = default)
    {
        var (key, visitor, now) = (request.Key, UploadFolder.VisitorOf(request.VisitorId), _time.GetUtcNow());
        if (_folder.Count(key, visitor, LeastCounted, now - _options.UploadLifetime) + Math.Max(LeastCounted, request.Size) > _options.MaxBytesPerVisitor)
            return Task.FromResult<WidgetUploadTicket?>(null);
        var id = _folder.Promise(key, visitor, new UploadedFile { Name = request.Name, Type = request.Type, Size = request.Size }, now);
        return Task.FromResult<WidgetUploadTicket?>(new WidgetUploadTicket
        {
            Id = id,
            Url = new Uri($"{_base}{key.IntegrationId}/uploads/{_writing.Write(key.IntegrationId, visitor, id, _options.UploadLifetime)}"),
            Headers = new Dictionary<string, string> { ["Content-Type"] = request.Type },
        });
    }

    public Task<MessageAttachment?> FindAsync(IntegrationKey key, string visitorId, string uploadId, CancellationToken ct = default) =>
        Task.FromResult(_folder.Find(key, UploadFolder.VisitorOf(visitorId), uploadId) is not var (file, _) ? null : new MessageAttachment
        {
            Type = FileKinds.IsPicture(file.Type) ? "image" : "file",
            Title = file.Name,
            PlatformId = uploadId,
            Url = AddressOf(key, visitorId, uploadId)!.AbsoluteUri,
        });

    public Uri? AddressOf(IntegrationKey key, string visitorId, string uploadId) => new(
        $"{_base}{key.IntegrationId}/files/{_reading.Write(key.IntegrationId, UploadFolder.VisitorOf(visitorId), uploadId, _options.DownloadLifetime)}");

    /// <summary>Takes the bytes of one upload. What is cut off or not what was announced is dropped, and its address is used up.</summary>
    public async Task<UploadResult> ReceiveAsync(IntegrationKey key, string address, Stream body, CancellationToken ct)
    {
        if (_writing.Read(key.IntegrationId, address) is not var (visitor, id) || _folder.Take(key, visitor, id) is not { } file)
            return UploadResult.NoTicket;
        var result = UploadResult.WrongSize;
        try
        {
            await using (var target = _folder.Create(key, visitor, id))
                result = await CopyAsync(file, body, target, ct);
            if (result == UploadResult.Stored)
                _folder.Finish(key, visitor, id);
        }
        finally
        {
            if (result != UploadResult.Stored)
                _folder.Drop(key, visitor, id);
        }

        return result;
    }

    /// <summary>The file an address is for. Null if there is none.</summary>
    public (UploadedFile File, string Path)? Read(IntegrationKey key, string address) =>
        _reading.Read(key.IntegrationId, address) is var (visitor, id) ? _folder.Find(key, visitor, id) : null;

    public Task EraseContactAsync(IntegrationKey key, string contactId, CancellationToken ct = default)
    {
        _folder.Erase(key, UploadFolder.VisitorOf(contactId));
        return Task.CompletedTask;
    }

    public Task EraseBeforeAsync(IntegrationKey key, DateTimeOffset before, CancellationToken ct = default)
    {
        _folder.EraseBefore(key, before, ct);
        return Task.CompletedTask;
    }

    public Task EraseAllAsync(IntegrationKey key, CancellationToken ct = default)
    {
        _folder.Erase(key);
        return Task.CompletedTask;
    }

    private static async Task<UploadResult> CopyAsync(UploadedFile file, Stream body, Stream target, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            var count = await body.ReadAtLeastAsync(buffer, FileKinds.HeadLength, throwOnEndOfStream: false, ct);
            if (!FileKinds.Fits(file.Type, buffer.AsSpan(0, count)))
                return UploadResult.WrongType;
            for (var total = 0L; ; count = await body.ReadAsync(buffer, ct))
            {
                total += count;
                if (count == 0)
                    return total == file.Size ? UploadResult.Stored : UploadResult.WrongSize;
                if (total > file.Size)
                    return UploadResult.WrongSize;
                await target.WriteAsync(buffer.AsMemory(0, count), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
