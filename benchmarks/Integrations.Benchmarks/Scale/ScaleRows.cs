using System.Buffers.Binary;

namespace Integrations.Benchmarks.Scale;

/// <summary>
/// What row number n of the filled tables holds, here and in SQL. Integration ids ascend, as version 7 ids do; clients, chats and
/// accounts are scattered, and the rows of one client lie apart.
/// </summary>
internal sealed class ScaleRows(int count)
{
    /// <summary>Of each client.</summary>
    public const int PerClient = 20;

    // An odd factor makes a permutation of the 32-bit numbers.
    private const uint Factor = 2654435761;

    public static DateTime Epoch { get; } = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    public int Count => count;

    public int Clients => count / PerClient;

    /// <summary>A tenth is due.</summary>
    public DateTime DueBefore => Epoch.AddSeconds(count / 10.0);

    public IntegrationKey Key(int n) => new(Client(n % Clients), Id((uint)n, 1));

    public static Guid Client(int client) => Id(unchecked((uint)client * Factor), 2);

    public static Guid Chat(int n) => Id(unchecked((uint)n * Factor), 3);

    public static string Account(int n) => $"1045{unchecked((uint)n * Factor):d12}";

    /// <summary>Numbers from everywhere in the table, the same ones each time: what is compared is warm on both sides.</summary>
    public int[] Sample(int size)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, size).Select(_ => random.Next(count))];
    }

    /// <summary>The SQL of <see cref="Id"/>.</summary>
    public static string IdSql(string number, int kind) => $"(lpad(to_hex({number}), 8, '0') || '-0000-7000-8000-00000000000{kind}')::uuid";

    public static string ScatterSql(string number) => $"(({number})::bigint * {Factor} % 4294967296)";

    private static Guid Id(uint number, byte kind)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        (bytes[6], bytes[8], bytes[15]) = (0x70, 0x80, kind);
        return new Guid(bytes, bigEndian: true);
    }
}
