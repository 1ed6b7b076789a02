using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>A request's raw body in memory, read once and never beyond a limit. Valid until disposed.</summary>
internal sealed class LimitedBody : IDisposable
{
    private PipeReader? _reader;
    private SequencePosition _end;
    private byte[]? _rented;

    private LimitedBody()
    {
    }

    /// <summary>The bytes as they came.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>True if there are more than the limit; then there are none here.</summary>
    public bool IsTooLarge { get; private set; }

    public static async ValueTask<LimitedBody> ReadAsync(HttpRequest request, int limit, CancellationToken ct)
    {
        var body = new LimitedBody();
        if (request.ContentLength > limit)
        {
            body.IsTooLarge = true;
            return body;
        }
        var reader = request.BodyReader;
        var length = 0;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(ct);
                var buffer = result.Buffer;
                // The announced length is not believed: a chunked body has none.
                if (buffer.Length > limit - length)
                {
                    reader.AdvanceTo(buffer.End);
                    body.Dispose();
                    body.IsTooLarge = true;
                    return body;
                }
                if (length == 0 && result.IsCompleted && buffer.IsSingleSegment)
                {
                    // Nearly every webhook: the server's own memory is used as it is, without a copy.
                    body.Bytes = buffer.First;
                    body._reader = reader;
                    body._end = buffer.End;
                    return body;
                }
                body.Append(buffer, ref length);
                reader.AdvanceTo(buffer.End);
                if (result.IsCompleted)
                {
                    body.Bytes = body._rented.AsMemory(0, length);
                    return body;
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Bytes = default;
        _reader?.AdvanceTo(_end);
        _reader = null;
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        _rented = null;
    }

    private void Append(ReadOnlySequence<byte> data, ref int length)
    {
        var needed = length + (int)data.Length;
        if (_rented is null || _rented.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, length * 2));
            if (_rented is not null)
            {
                _rented.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
            }
            _rented = larger;
        }
        data.CopyTo(_rented.AsSpan(length));
        length = needed;
    }
}
