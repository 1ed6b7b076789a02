using System.Text;

namespace Integrations.Benchmarks;

/// <summary>The one Meta app and the one Page of all programs, and what its webhook calls look like.</summary>
internal static class WebhookScenario
{
    public const string AppId = "900100200300400";
    public const string AppSecret = "5f4dcc3b5aa765d61d8327deb882cf99";
    public const string VerifyToken = "verify-me";
    public const string PageId = "104526370912345";

    // As long as the ids Meta sends today; '#' marks where the varying part goes.
    private const string MessageIdTail = "aY7IfLZDamVrALniheU1fTq8oLumEyIp3Q2MRw6vHcXkPbGd9sTzNjKe0WuYtRqLxV";

    public static byte[] SecretBytes { get; } = Encoding.UTF8.GetBytes(AppSecret);

    /// <summary>A body with so many messages, in one entry, the way Meta batches them.</summary>
    public static string Body(int events, string id, string contact)
    {
        var messages = Enumerable.Repeat(
            $$$"""{"sender":{"id":"7392018465{{{contact}}}"},"recipient":{"id":"{{{PageId}}}"},"timestamp":1785312004523,"message":{"mid":"m_{{{id}}}{{{MessageIdTail}}}","text":"Hello, do you have the blue one in size M? Caf\u00e9 Z\u00fcrich"}}""",
            events);
        return $$"""{"object":"page","entry":[{"id":"{{PageId}}","time":1785312004871,"messaging":[{{string.Join(',', messages)}}]}]}""";
    }
}
