using System.Security.Cryptography;

namespace Integrations;

/// <summary>
/// A question that only a host with our keys can answer: a sealed number, which comes back opened. Asked over the public address, it
/// proves that a platform's calls end here, whatever stands in between.
/// </summary>
internal sealed class WebhookEcho(ISecretProtector protector)
{
    /// <summary>The query parameter that carries the question. No platform uses it.</summary>
    public const string Parameter = "integrations_check";

    private const int MaxLength = 2000;

    // Of no client: the scope only keeps the text from being opened as anything else.
    private static readonly SecretScope Scope = new(new IntegrationKey(Guid.Empty, Guid.Empty), "webhook_check");

    public static string NewNumber() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public string Ask(string number) => protector.Protect(new Secret(number), Scope);

    /// <summary>The answer. Null if this is no question of ours.</summary>
    public WebhookReply? Answer(WebhookRequest request) =>
        request.Method == "GET" && request.Query.TryGetValue(Parameter, out var asked) && asked.Length <= MaxLength
        && protector.TryUnprotect(asked, Scope, out var number)
            ? new WebhookReply { Body = number.Reveal() }
            : null;
}
