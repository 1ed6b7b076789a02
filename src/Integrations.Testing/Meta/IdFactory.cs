using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Integrations.Testing;

/// <summary>Ids and tokens: opaque to a client, the same in every run with the same seed.</summary>
internal sealed class IdFactory(int seed)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private int _next;

    public string Token() => "EAAB" + Text(64, Alphabet);

    public string InstagramToken() => "IGAA" + Text(64, Alphabet);

    public string Code() => "AQ" + Text(46, Alphabet);

    public string Mid() => "m_" + Text(40, Alphabet);

    public string Trace() => "A" + Text(22, Alphabet);

    /// <summary>Below 2^53, so that a JSON number keeps it.</summary>
    public string Number(string prefix) => prefix + Text(15 - prefix.Length, "0123456789");

    /// <summary>17 digits, as ids of Instagram accounts and their contacts have.</summary>
    public string InstagramNumber(string prefix) => prefix + Text(17 - prefix.Length, "0123456789");

    private string Text(int length, string alphabet)
    {
        var number = Interlocked.Increment(ref _next);
        var hash = SHA512.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{number}")));
        return string.Create(length, (hash, alphabet), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = state.alphabet[state.hash[i % state.hash.Length] % state.alphabet.Length];
        });
    }
}
