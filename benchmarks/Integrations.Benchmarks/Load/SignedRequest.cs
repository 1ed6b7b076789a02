using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Integrations.Benchmarks.Load;

/// <summary>
/// A webhook call as Meta sends it, correctly signed. Each one differs from all before it in its message ids, which are patched
/// into a template: building and signing costs a few microseconds, so that the generator is not what is measured.
/// </summary>
internal sealed class SignedRequest : IDisposable
{
    private const int IdDigits = 16;
    private const int ContactDigits = 3;
    private static readonly long Epoch = Random.Shared.NextInt64(1, 9_000) * 1_000_000_000_000;
    private static long _lastId;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, WebhookScenario.SecretBytes);
    private readonly byte[] _request;
    private readonly int _bodyStart;
    private readonly int _signatureAt;
    private readonly List<int> _idsAt = [];
    private readonly List<int> _contactsAt = [];

    public SignedRequest(string path, int events)
    {
        var body = WebhookScenario.Body(events, new string('#', IdDigits), new string('@', ContactDigits));
        var length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
        var head = $"POST {path} HTTP/1.1\r\nHost: chat.example.com\r\nAccept: */*\r\nAccept-Encoding: deflate, gzip\r\n"
            + $"User-Agent: facebookexternalua\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
            + $"X-Hub-Signature: sha1={new string('0', 40)}\r\nX-Hub-Signature-256: sha256={new string('0', 64)}\r\n\r\n";
        _request = Encoding.UTF8.GetBytes(head + body);
        _bodyStart = head.Length;
        _signatureAt = head.Length - 4 - 64;
        for (var at = _bodyStart; at < _request.Length; at++)
        {
            if (_request[at] == '#' && _request[at - 1] != '#')
                _idsAt.Add(at);
            else if (_request[at] == '@' && _request[at - 1] != '@')
                _contactsAt.Add(at);
        }
    }

    public ReadOnlyMemory<byte> Next()
    {
        for (var i = 0; i < _idsAt.Count; i++)
        {
            var id = Epoch + Interlocked.Increment(ref _lastId);
            Write(id, _idsAt[i], IdDigits);
            Write(id % 400, _contactsAt[i], ContactDigits);
        }
        Span<byte> signature = stackalloc byte[32];
        _hash.AppendData(_request.AsSpan(_bodyStart));
        _hash.GetHashAndReset(signature);
        Convert.TryToHexStringLower(signature, _request.AsSpan(_signatureAt), out _);
        return _request;
    }

    public void Dispose() => _hash.Dispose();

    private void Write(long number, int at, int digits)
    {
        for (var i = at + digits - 1; i >= at; i--, number /= 10)
            _request[i] = (byte)('0' + number % 10);
    }
}
