using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Integrations;

/// <summary>
/// Message ids: version 7 UUIDs that rise with each call in this process, also within a millisecond, so that ordering by id is
/// ordering by arrival (RFC 9562, section 6.2, method 1: a counter in <c>rand_a</c>). Thread-safe.
/// </summary>
internal sealed class MessageIds(TimeProvider time)
{
    private const int CounterLimit = 1 << 12;
    private const int RandomBytes = 8;
    private readonly Lock _lock = new();
    private readonly byte[] _random = new byte[64 * RandomBytes]; // asking the system costs as much for 64 ids as for one
    private int _randomLeft;
    private long _milliseconds;
    private int _counter;

    public Guid Next() => Next(time.GetUtcNow());

    /// <param name="at">The time now, read once for many ids: asking the clock costs more than making an id.</param>
    public Guid Next(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        long milliseconds;
        int counter;
        lock (_lock)
        {
            var now = at.ToUnixTimeMilliseconds();
            if (now > _milliseconds)
                (_milliseconds, _counter) = (now, 0);
            else if (++_counter == CounterLimit)
                (_milliseconds, _counter) = (_milliseconds + 1, 0); // 4096 in one millisecond: borrow from the next

            (milliseconds, counter) = (_milliseconds, _counter);
            TakeRandom(bytes[^RandomBytes..]);
        }

        BinaryPrimitives.WriteInt64BigEndian(bytes, milliseconds << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | counter));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private void TakeRandom(Span<byte> destination)
    {
        if (_randomLeft == 0)
        {
            RandomNumberGenerator.Fill(_random);
            _randomLeft = _random.Length;
        }

        _randomLeft -= RandomBytes;
        _random.AsSpan(_randomLeft, RandomBytes).CopyTo(destination);
    }
}
