using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integrations.Notifications.Email.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Host", "")]
    [InlineData("Host", "smtp://mail.example.com:25")]
    [InlineData("Port", "0")]
    [InlineData("Port", "65536")]
    [InlineData("Tls", "None")]
    [InlineData("UserName", "")]
    [InlineData("Password", "")]
    [InlineData("From", "")]
    [InlineData("From", "alerts@example.com\r\nBcc: thief@example.com")]
    [InlineData("SubjectPrefix", "a\r\nb")]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("Timeout", "1.00:00:00")]
    public async Task A_wrong_setting_stops_the_host_and_is_named(string setting, string value)
    {
        using var host = Host((setting, value));

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains($"Integrations:Email:{setting}", Assert.Single(e.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_configuration()
    {
        using var host = Host();
        await host.StartAsync(TestContext.Current.CancellationToken);

        var options = host.Services.GetRequiredService<IOptions<EmailNotificationOptions>>().Value;
        Assert.Equal(("mail.example.com", 587, EmailTls.StartTls), (options.Host, options.Port, options.Tls));
        Assert.IsType<EmailOwnerNotifier>(host.Services.GetRequiredService<IOwnerNotifier>());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Without_TLS_a_loopback_address_is_accepted(string address)
    {
        using var host = Host(("Tls", "None"), ("Host", address));
        await host.StartAsync(TestContext.Current.CancellationToken);
    }

    private static IHost Host(params (string Setting, string Value)[] changes)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        var settings = new Dictionary<string, string?>
        {
            ["Host"] = "mail.example.com", ["UserName"] = "alerts", ["Password"] = "hunter2", ["From"] = "\"Example\" <alerts@example.com>",
        };
        foreach (var (setting, value) in changes)
            settings[setting] = value;
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.Configure<EmailNotificationOptions>(builder.Configuration);
        new IntegrationsBuilder(builder.Services).AddEmailNotifications();
        return builder.Build();
    }
}
