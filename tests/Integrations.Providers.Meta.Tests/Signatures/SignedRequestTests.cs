using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Integrations.Providers.Meta.Tests;

public sealed class SignedRequestTests
{
    private const string AppSecret = "0123456789abcdef0123456789abcdef";
    private const string Payload = "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc4NTMxMjAwNCwidXNlcl9pZCI6IjIxODQ3MSJ9";
    private const string Genuine = "cZRhrkHe-yZ46Rwh0qY7MdDBP9dGaKOTN8x8vYZYpDw." + Payload;

    private static readonly Secret Secret = new(AppSecret);

    [Fact]
    public void A_genuine_one_names_the_person_and_the_time()
    {
        var read = SignedRequest.Read(Genuine, Secret);
        Assert.Equal(SignedRequestStatus.Valid, read.Status);
        Assert.Equal("218471", read.UserId);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1785312004), read.IssuedAt);
    }

    [Fact]
    public void One_signed_with_the_previous_secret_is_accepted_while_it_is_listed()
    {
        Assert.Equal(SignedRequestStatus.Valid, SignedRequest.Read(Genuine, new Secret("the new one"), Secret).Status);
        Assert.Equal(SignedRequestStatus.Mismatch, SignedRequest.Read(Genuine, new Secret("the new one")).Status);
        Assert.Equal(SignedRequestStatus.Mismatch, SignedRequest.Read(Genuine).Status);
    }

    [Fact]
    public void The_signature_covers_the_payload_as_it_came_and_not_a_padded_one()
    {
        // 91 characters: base64 would need one '='. Libraries that pad before hashing compute another signature.
        const string json = """{"algorithm":"HMAC-SHA256","issued_at":1785312004,"user_id":"2184712"}""";
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
        Assert.NotEqual(0, payload.Length % 4);
        Assert.Equal(SignedRequestStatus.Valid, SignedRequest.Read($"{Sign(payload)}.{payload}", Secret).Status);
        var padded = payload + new string('=', 4 - (payload.Length % 4));
        Assert.Equal(SignedRequestStatus.Mismatch, SignedRequest.Read($"{Sign(padded)}.{payload}", Secret).Status);
    }

    [Theory]
    [InlineData("""{"algorithm":"HMAC-SHA1","user_id":"1"}""", nameof(SignedRequestStatus.WrongAlgorithm))]
    [InlineData("""{"algorithm":"none","user_id":"1"}""", nameof(SignedRequestStatus.WrongAlgorithm))]
    [InlineData("""{"user_id":"1"}""", nameof(SignedRequestStatus.WrongAlgorithm))]
    [InlineData("""{"algorithm":"HMAC-SHA256"}""", nameof(SignedRequestStatus.Malformed))]
    [InlineData("""{"algorithm":"HMAC-SHA256","user_id":218471}""", nameof(SignedRequestStatus.Valid))]
    [InlineData("""["HMAC-SHA256"]""", nameof(SignedRequestStatus.Malformed))]
    [InlineData("not json", nameof(SignedRequestStatus.Malformed))]
    public void A_signed_payload_still_has_to_be_one(string json, string expected)
    {
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
        Assert.Equal(expected, SignedRequest.Read($"{Sign(payload)}.{payload}", Secret).Status.ToString());
    }

    [Theory]
    [InlineData(null, nameof(SignedRequestStatus.Missing))]
    [InlineData("", nameof(SignedRequestStatus.Missing))]
    [InlineData("onlyonepart", nameof(SignedRequestStatus.Malformed))]
    [InlineData("a.b.c", nameof(SignedRequestStatus.Malformed))]
    [InlineData("???.eyJ9", nameof(SignedRequestStatus.Malformed))]
    [InlineData("." + Payload, nameof(SignedRequestStatus.Mismatch))]
    [InlineData("dZRhrkHe-yZ46Rwh0qY7MdDBP9dGaKOTN8x8vYZYpDw." + Payload, nameof(SignedRequestStatus.Mismatch))]
    public void Anything_else_is_refused_with_its_reason(string? text, string expected) =>
        Assert.Equal(expected, SignedRequest.Read(text, Secret).Status.ToString());

    private static string Sign(string payload) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), Encoding.UTF8.GetBytes(payload)));
}
