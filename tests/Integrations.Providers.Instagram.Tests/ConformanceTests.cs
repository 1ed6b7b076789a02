using System.Security.Cryptography;
using System.Text;
using Integrations.Testing;

namespace Integrations.Providers.Instagram.Tests;

public sealed class InstagramConformanceFixture : ProviderFixture, IDisposable
{
    private readonly InstagramHarness _harness = new();

    public override IIntegrationProvider Provider => _harness.Provider;

    public override string ConnectedDetails => """
        {
          "account_id": "17841400000000001", "account_name": "mybusiness", "access_token": "EAABc",
          "scopes": ["instagram_basic", "instagram_manage_messages"],
          "welcome_message": "Thanks for reaching out! How can I assist you?", "auto_response": true, "notification_email": "user@example.com"
        }
        """;

    public override string WebhookBody => """
        {"object":"instagram","entry":[{"id":"17841400000000001","time":1458692752478,"messaging":[{"sender":{"id":"55"},"recipient":{"id":"17841400000000001"},"timestamp":1458692752478,"message":{"mid":"mid.1","text":"hello, world!"}}]}]}
        """;

    public override WebhookRequest CreateWebhook(ReadOnlyMemory<byte> body) => new()
    {
        Method = "POST",
        PublicUri = new Uri("https://chat.example.com/integrations/instagram/webhook"),
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(InstagramHarness.AppSecret), body.Span)),
        },
        Query = new Dictionary<string, string>(),
        Body = body,
    };

    public void Dispose() => _harness.Dispose();
}

public sealed class InstagramConformanceTests(InstagramConformanceFixture fixture) : ProviderConformance<InstagramConformanceFixture>(fixture);

public sealed class InstagramWebhookConformanceTests(InstagramConformanceFixture fixture) : ProviderWebhookConformance<InstagramConformanceFixture>(fixture);
