using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>What a client's backend does: RFC 7515 and 7519 by hand.</summary>
internal static class Jwt
{
    public const string Secret = "0123456789abcdef0123456789abcdef-secret";

    public static string Sign(JsonObject claims, string secret = Secret, string algorithm = "HS256")
    {
        var head = Part(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" }.ToJsonString());
        var body = Part(claims.ToJsonString());
        var signature = algorithm == "none" ? "" : Base64Url.EncodeToString(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{head}.{body}")));
        return $"{head}.{body}.{signature}";
    }

    public static JsonObject Claims(Guid widget, string user, TimeSpan life) => new()
    {
        ["sub"] = user,
        ["aud"] = widget.ToString(),
        ["exp"] = (DateTimeOffset.UtcNow + life).ToUnixTimeSeconds(),
    };

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
