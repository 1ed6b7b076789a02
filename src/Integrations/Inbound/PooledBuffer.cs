using System.Buffers;

namespace Integrations;

/// <summary>A growing buffer of rented memory. Cleared before it goes back: it held people's messages. Not thread-safe.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 2048;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _length;
    private int _highest;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        _highest = Math.Max(_highest, _length);
        _length = 0;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    public void Dispose()
    {
        Clear();
        GiveBack();
        _bytes = [];
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - _length >= Math.Max(size, 1))
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + size));
        Written.CopyTo(larger);
        _highest = Math.Max(_highest, _length);
        GiveBack();
        _bytes = larger;
    }

    private void GiveBack()
    {
        _bytes.AsSpan(0, Math.Min(_highest, _bytes.Length)).Clear();
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
    }
}
