using System.Net;

namespace Integrations.Providers.Instagram.Tests;

public sealed class SubscriptionProbeTests
{
    private const string Subscribed = "GET /v26.0/1029/subscribed_apps";

    [Theory]
    [InlineData("""{"data":[]}""", false)]
    [InlineData("""{"data":[{"id":"900100","subscribed_fields":["messages","messaging_postbacks"]}]}""", false)]
    [InlineData("""{"data":[{"id":"900100","subscribed_fields":["messages","name"]}]}""", true)]
    public async Task Through_facebook_only_instagrams_mark_on_the_page_counts(string apps, bool isActive)
    {
        using var instagram = new InstagramHarness();
        instagram.Http.Json(Subscribed, apps);
        var probe = await instagram.Provider.ProbeActivationAsync(InstagramHarness.Connection(), InstagramHarness.Ct);
        Assert.Equal((true, isActive), (probe.Answered, probe.IsActive));
    }

    [Theory]
    [InlineData("<html>", HttpStatusCode.OK, ProviderErrorKind.Transient)]
    [InlineData("""{"error":{"code":190,"error_subcode":460}}""", HttpStatusCode.BadRequest, ProviderErrorKind.ReconnectRequired)]
    public async Task A_refused_or_unreadable_probe_knows_nothing(string body, HttpStatusCode status, ProviderErrorKind kind)
    {
        using var instagram = new InstagramHarness();
        instagram.Http.Json(Subscribed, body, status);
        var probe = await instagram.Provider.ProbeActivationAsync(InstagramHarness.Connection(), InstagramHarness.Ct);
        Assert.Equal((false, kind), (probe.IsActive, probe.Error!.Kind));
    }
}
