using System.Security.Cryptography;
using System.Text;
using Integrations.Testing;

namespace Integrations.Providers.Facebook.Tests;

public sealed class FacebookConformanceFixture : ProviderFixture, IDisposable
{
    private readonly FacebookHarness _harness = new();

    public override IIntegrationProvider Provider => _harness.Provider;

    public override string ConnectedDetails => """
        {
          "page_id": "123456789012345", "page_name": "My Business Page", "page_access_token": "EAABc",
          "scopes": ["pages_messaging", "pages_manage_metadata", "pages_show_list"],
          "welcome_message": "Hi there! How can I help you today?", "auto_response": true, "notification_email": "user@example.com"
        }
        """;

    public override string WebhookBody => """
        {"object":"page","entry":[{"id":"1029","time":1458692752478,"messaging":[{"sender":{"id":"55"},"recipient":{"id":"1029"},"timestamp":1458692752478,"message":{"mid":"mid.1","text":"hello, world!"}}]}]}
        """;

    public override WebhookRequest CreateWebhook(ReadOnlyMemory<byte> body) => new()
    {
        Method = "POST",
        PublicUri = new Uri("https://chat.example.com/integrations/facebook/webhook"),
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(FacebookHarness.AppSecret), body.Span)),
        },
        Query = new Dictionary<string, string>(),
        Body = body,
    };

    public void Dispose() => _harness.Dispose();
}

public sealed class FacebookConformanceTests(FacebookConformanceFixture fixture) : ProviderConformance<FacebookConformanceFixture>(fixture);

public sealed class FacebookWebhookConformanceTests(FacebookConformanceFixture fixture) : ProviderWebhookConformance<FacebookConformanceFixture>(fixture);
