using System.Security.Cryptography;
using System.Text;
using Integrations.Testing;
using Microsoft.Extensions.DependencyInjection;
using PigeonPost;

namespace Integrations.EndToEnd.Tests.ThirdParty;

public sealed class PigeonPostFixture : ProviderFixture, IDisposable
{
    private static readonly Secret Secret = new("pigeon-secret-0123456789");

    private readonly ServiceProvider _services = Services();

    public override IIntegrationProvider Provider => _services.GetRequiredService<IIntegrationProvider>();

    public override string ConnectedDetails => """{ "loft": "loft-7", "ring_code": "pigeon-ring-4711" }""";

    public override string WebhookBody => """{"letters":[{"id":"letter-a","loft_id":"loft-7","from":"walter","text":"coo"}]}""";

    public override WebhookRequest CreateWebhook(ReadOnlyMemory<byte> body) => new()
    {
        Method = "POST",
        PublicUri = new Uri("https://host.example/integrations/pigeon-post/webhook"),
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Pigeon-Signature"] = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret.Reveal()), body.Span)),
        },
        Query = new Dictionary<string, string>(),
        Body = body,
    };

    public void Dispose() => _services.Dispose();

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        new IntegrationsBuilder(services).AddPigeonPost(new PigeonPostOptions { BaseUri = new Uri("https://pigeon.example/"), ClientId = "pigeon-app", ClientSecret = Secret });
        return services.BuildServiceProvider();
    }
}

public sealed class PigeonPostConformanceTests(PigeonPostFixture fixture) : ProviderConformance<PigeonPostFixture>(fixture);

public sealed class PigeonPostWebhookConformanceTests(PigeonPostFixture fixture) : ProviderWebhookConformance<PigeonPostFixture>(fixture);
