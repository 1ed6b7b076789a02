using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class ConfigTests
{
    [Fact]
    public async Task The_configuration_holds_what_browsers_may_know_and_nothing_else()
    {
        await using var host = await WidgetHost.StartAsync($$"""
            {
              "widget_title": "Hi", "allowed_origins": ["{{WidgetHost.Site}}", "https://private.example"], "identity_secret": "{{Jwt.Secret}}",
              "notification_email": "owner@private.example", "internal_note": "not-for-browsers", "session_epoch": 7, "welcome_message": "welcome-text",
              "prechat": { "fields": [{ "name": "email", "label": "E-mail", "type": "email", "required": true, "crm_field": "hidden-crm" }] }
            }
            """);
        using var browser = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        var response = await browser.GetAsync("config");
        var text = await response.Content.ReadAsStringAsync(WidgetHost.Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        foreach (var secret in new[]
        {
            Jwt.Secret, "private.example", "not-for-browsers", "allowed_origins", "identity_secret", "session_epoch", "welcome", "hidden-crm",
            host.Key.ClientId.ToString(), host.Key.ClientId.ToString("N"), host.ChatId.ToString(),
        })
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        var config = await WidgetBrowser.JsonAsync(response);
        Assert.Equal(
            [
                "attachments", "auto_open", "auto_open_delay", "config_version", "custom_css", "dir", "locale", "prechat", "require_identity", "show_branding",
                "strings", "theme", "widget_color", "widget_icon", "widget_position", "widget_subtitle", "widget_title",
            ],
            config.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal("Hi", (string)config["widget_title"]!);
        Assert.Null(config["attachments"]);
    }

    [Fact]
    public async Task A_configuration_that_did_not_change_is_not_sent_again()
    {
        await using var host = await WidgetHost.StartAsync();
        using var client = host.NewClient();
        client.DefaultRequestHeaders.Add("Origin", WidgetHost.Site);
        var first = await client.GetAsync($"{host.Base}/config", WidgetHost.Ct);
        Assert.Equal("public, max-age=60", first.Headers.CacheControl!.ToString());
        Assert.Contains("Origin", first.Headers.Vary);
        Assert.Equal(WidgetHost.Site, first.Headers.GetValues("Access-Control-Allow-Origin").Single());
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await client.GetAsync($"{host.Base}/config", WidgetHost.Ct)).StatusCode);
    }

    [Fact]
    public async Task Texts_of_a_language_come_over_those_for_all_and_set_the_direction()
    {
        await using var host = await WidgetHost.StartAsync("""
            { "locale": "en", "strings": { "greeting": "Hello", "send": "Send", "ar": { "greeting": "Marhaba" }, "pt-BR": { "send": "Enviar" } } }
            """);
        using var browser = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        var arabic = await WidgetBrowser.JsonAsync(await browser.GetAsync("config?locale=ar-EG"));
        Assert.Equal(("rtl", "Marhaba", "Send"), ((string)arabic["dir"]!, (string)arabic["strings"]!["greeting"]!, (string)arabic["strings"]!["send"]!));
        var brazilian = await WidgetBrowser.JsonAsync(await browser.GetAsync("config?locale=pt-br"));
        Assert.Equal(("ltr", "Hello", "Enviar"), ((string)brazilian["dir"]!, (string)brazilian["strings"]!["greeting"]!, (string)brazilian["strings"]!["send"]!));
        Assert.False(arabic["strings"]!.AsObject().ContainsKey("pt-BR"));
    }

    [Fact]
    public async Task A_paused_or_unknown_widget_is_not_there()
    {
        await using var host = await WidgetHost.StartAsync();
        await host.Services.GetRequiredService<IIntegrationDeployer>().PauseAsync(host.Key, WidgetHost.Ct);
        using var paused = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        Assert.Equal(HttpStatusCode.NotFound, (await paused.GetAsync("config")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await paused.PostAsync("sessions", [])).StatusCode);
        using var unknown = new WidgetBrowser(host.NewClient(), $"/integrations/widget/{Guid.CreateVersion7()}", WidgetHost.Site);
        Assert.Equal(HttpStatusCode.NotFound, (await unknown.GetAsync("config")).StatusCode);
    }
}
