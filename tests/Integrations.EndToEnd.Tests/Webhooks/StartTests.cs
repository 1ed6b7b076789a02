using Integrations.EndToEnd.Tests.Support;
using Microsoft.Extensions.Options;

namespace Integrations.EndToEnd.Tests.Webhooks;

public sealed class StartTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Without_an_app_secret_the_host_refuses_to_start_and_names_the_setting(string secret)
    {
        var settings = new TestHostSettings { Facebook = options => options.AppSecret = secret };

        var refused = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => Stage.SetAsync(StoreKind.Sqlite, Ct, settings));

        Assert.Contains("Integrations:Facebook:AppSecret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_public_address_the_host_refuses_to_start_and_names_the_setting()
    {
        var settings = new TestHostSettings { Runtime = options => options.PublicBaseUri = null };

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Stage.SetAsync(StoreKind.Sqlite, Ct, settings));

        Assert.Contains("Integrations:PublicBaseUri", refused.Message, StringComparison.Ordinal);
    }
}
