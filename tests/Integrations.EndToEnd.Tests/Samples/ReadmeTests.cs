using System.Net;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Samples;

/// <summary>The program of the README, as somebody who copied it would run it.</summary>
public sealed class ReadmeTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Fact]
    public async Task The_program_of_the_readme_starts_takes_webhooks_and_asks_people_to_sign_in()
    {
        var folder = Directory.CreateTempSubdirectory("readme-");
        var address = LoopbackPort.Address(LoopbackPort.Reserve());
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address.AbsoluteUri,
            ["Facebook__AppId"] = "900100200300400",
            ["Facebook__AppSecret"] = "of-the-readme",
            ["Facebook__VerifyToken"] = "chosen",
        };
        await using (var process = ChildProcess.Start("Integrations.ReadmeHost.dll", settings, folder.FullName))
        {
            await process.SaysAsync("Now listening on", Ct);
            await process.WatchAsync(() => UseAsync(address));
        }

        Assert.NotEmpty(folder.GetFiles("integrations.db"));
        folder.Delete(recursive: true);
    }

    private static async Task UseAsync(Uri address)
    {
        using var browser = new Browser(address);
        var handshake = await browser.GoAsync(
            new Uri(address, "/integrations/facebook/webhook?hub.mode=subscribe&hub.verify_token=chosen&hub.challenge=5"), Ct);
        Assert.Equal((HttpStatusCode.OK, "5"), (handshake.Status, handshake.Html));

        var connect = await browser.GoAsync(new Uri(address, $"/integrations/facebook/connect?chat_id={Guid.NewGuid()}"), Ct);
        Assert.Equal((HttpStatusCode.Redirect, "/Account/Login"), (connect.Status, connect.Location?.AbsolutePath));
    }
}
