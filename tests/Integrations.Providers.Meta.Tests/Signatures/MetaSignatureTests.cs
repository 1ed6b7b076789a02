using System.Text;

namespace Integrations.Providers.Meta.Tests;

public sealed class MetaSignatureTests
{
    // Made with openssl over Meta's documented form: HMAC-SHA256 of the raw body, lower-case hex.
    private const string AppSecret = "0123456789abcdef0123456789abcdef";
    private const string Signature = "sha256=f2ab0fb57980f422d6acda386ea03ecd70fa9569b6791c759c4cdebc294b738a";

    private const string RawBody =
        """{"object":"page","entry":[{"id":"1029","time":1785312004871,"messaging":[{"sender":{"id":"7392"},"recipient":{"id":"1029"},"timestamp":1785312004523,"message":{"mid":"m_1","text":"caf\u00e9 \ud83d\ude00 http:\/\/x.y"}}]}]}""";

    private const string RewrittenBody =
        """{"object":"page","entry":[{"id":"1029","time":1785312004871,"messaging":[{"sender":{"id":"7392"},"recipient":{"id":"1029"},"timestamp":1785312004523,"message":{"mid":"m_1","text":"café 😀 http://x.y"}}]}]}""";

    private static readonly Secret Secret = new(AppSecret);

    [Fact]
    public void The_raw_body_with_escapes_verifies() =>
        Assert.Equal(MetaSignatureStatus.Valid, Verify(RawBody, Signature));

    [Fact]
    public void The_same_json_written_again_does_not_verify() =>
        Assert.Equal(MetaSignatureStatus.Mismatch, Verify(RewrittenBody, Signature));

    [Fact]
    public void Upper_case_hex_verifies() =>
        Assert.Equal(MetaSignatureStatus.Valid, Verify(RawBody, "sha256=" + Signature["sha256=".Length..].ToUpperInvariant()));

    [Fact]
    public void Any_secret_of_the_list_verifies()
    {
        Assert.Equal(MetaSignatureStatus.Valid, Verify(RawBody, Signature, new Secret("new secret"), Secret));
        Assert.Equal(MetaSignatureStatus.Mismatch, Verify(RawBody, Signature, new Secret("new secret"), new Secret("older secret")));
    }

    [Theory]
    [InlineData(null, null, MetaSignatureStatus.Missing)]
    [InlineData("", "", MetaSignatureStatus.Missing)]
    [InlineData(null, "sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709", MetaSignatureStatus.Sha1Only)]
    [InlineData("f2ab0fb57980f422d6acda386ea03ecd70fa9569b6791c759c4cdebc294b738a", null, MetaSignatureStatus.Malformed)]
    [InlineData("sha1=f2ab0fb57980f422d6acda386ea03ecd70fa9569b6791c759c4cdebc294b738a", null, MetaSignatureStatus.Malformed)]
    [InlineData("sha256=f2ab", null, MetaSignatureStatus.Malformed)]
    [InlineData("sha256=g2ab0fb57980f422d6acda386ea03ecd70fa9569b6791c759c4cdebc294b738a", null, MetaSignatureStatus.Malformed)]
    [InlineData("sha256=f2ab0fb57980f422d6acda386ea03ecd70fa9569b6791c759c4cdebc294b738a00", null, MetaSignatureStatus.Malformed)]
    [InlineData("sha256=02ab0fb57980f422d6acda386ea03ecd70fa9569b6791c759c4cdebc294b738a", null, MetaSignatureStatus.Mismatch)]
    public void Anything_else_is_refused_with_its_reason(string? signature, string? legacy, MetaSignatureStatus expected) =>
        Assert.Equal(expected, MetaSignature.Verify(Encoding.UTF8.GetBytes(RawBody), signature, legacy, Secret));

    [Fact]
    public void Without_a_secret_nothing_is_accepted()
    {
        // The signature anyone can make with the empty key.
        var forged = "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes(RawBody)));
        Assert.Equal(MetaSignatureStatus.NoSecret, Verify(RawBody, forged, new Secret(""), default));
    }

    [Fact]
    public void A_secret_longer_than_the_buffer_still_verifies()
    {
        var secret = new Secret(new string('s', 500));
        var signature = "sha256=" + Convert.ToHexStringLower(
            System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), Encoding.UTF8.GetBytes(RawBody)));
        Assert.Equal(MetaSignatureStatus.Valid, Verify(RawBody, signature, secret));
    }

    private static MetaSignatureStatus Verify(string body, string? signature, params ReadOnlySpan<Secret> secrets) =>
        MetaSignature.Verify(Encoding.UTF8.GetBytes(body), signature, null, secrets.IsEmpty ? [Secret] : secrets);
}
