using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Integrations.EndToEnd.Tests.Support;
using Integrations.Testing;

namespace Integrations.EndToEnd.Tests.Samples;

/// <summary>samples/WebHost as a stranger runs it: a process of its own, set up by configuration alone.</summary>
public sealed partial class WebHostTests
{
    private const string Bakery = "0194c0de-0000-7000-8000-0000000000a1";

    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData("Integrations__Facebook__AppSecret", "", "Integrations:Facebook:AppSecret")]
    [InlineData("Integrations__Facebook__VerifyToken", "", "Integrations:Facebook:VerifyToken")]
    [InlineData("Integrations__Facebook__GraphBaseUri", "http://graph.example.com", "Integrations:Facebook:GraphBaseUri")]
    [InlineData("Integrations__PublicBaseUri", "http://chat.example.com", "Integrations:PublicBaseUri")]
    [InlineData("Integrations__PublicBaseUri", "nonsense", "Integrations:PublicBaseUri")]
    [InlineData("Integrations__Database", "oracle", "Integrations:Database")]
    [InlineData("ConnectionStrings__Integrations", "", "ConnectionStrings:Integrations")]
    [InlineData("Integrations__LaneLease", "soon", "Integrations:LaneLease")]
    [InlineData("Integrations__Facebook__RequestTimeout", "00:05:00", "Integrations:RefreshLease is 00:01:00. It must be longer than the request timeout of 'facebook', 00:05:00")]
    [InlineData("ConnectionStrings__Integrations", "Host=localhost", "ConnectionStrings:Integrations")]
    [InlineData("ConnectionStrings__Integrations", "Data Source=/no/such/folder/integrations.db", "'/no/such/folder/integrations.db' cannot be opened")]
    public async Task A_wrong_setting_stops_the_start_with_a_message_that_names_it(string variable, string value, string setting)
    {
        await using var database = await TestDatabase.CreateAsync(StoreKind.Sqlite, Ct);
        var environment = Settings(LoopbackPort.Address(LoopbackPort.Reserve()), database);
        environment[variable] = value;
        await using var process = ChildProcess.Start("WebHost.dll", environment);

        Assert.Equal(1, await process.ExitAsync(Ct));
        Assert.Contains(setting, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_server_that_does_not_answer_stops_the_start_with_a_message_that_names_the_setting_and_no_password()
    {
        await using var database = await TestDatabase.CreateAsync(StoreKind.Sqlite, Ct);
        var environment = Settings(LoopbackPort.Address(LoopbackPort.Reserve()), database);
        environment["Integrations__Database"] = "postgresql";
        environment["ConnectionStrings__Integrations"] = "Host=127.0.0.1;Port=1;Database=x;Username=u;Password=canary-password";
        await using var process = ChildProcess.Start("WebHost.dll", environment);

        Assert.Equal(1, await process.ExitAsync(Ct));
        Assert.Contains("ConnectionStrings:Integrations", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-password", process.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task A_client_signs_in_connects_deploys_and_is_answered(StoreKind store)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(store, Ct);
        await using var meta = await MetaSimulator.StartAsync(new MetaSimulatorOptions { WebhookTimeout = Stage.Patience }, Ct);
        var address = LoopbackPort.Address(LoopbackPort.Reserve());
        var environment = Settings(address, database);
        environment["Integrations__Facebook__GraphBaseUri"] = meta.GraphBaseUri.AbsoluteUri;
        environment["Integrations__Facebook__DialogBaseUri"] = meta.DialogBaseUri.AbsoluteUri;
        await using var process = ChildProcess.Start("WebHost.dll", environment);
        await process.SaysAsync("Now listening on", Ct);
        await process.WatchAsync(() => UseAsync(meta, address));
    }

    private static async Task UseAsync(MetaSimulator meta, Uri address)
    {
        var owner = meta.AddUser("Anna Baker");
        var page = meta.AddPage("Anna's Bakery", owner);
        await meta.SetWebhookAsync(new Uri(address, "/integrations/facebook/webhook"), "sandbox", Ct);
        using var anna = new Browser(address);

        Assert.Equal("/sign-in", (await anna.GoAsync(address, Ct)).Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(anna, "anna", "ben-demo")).Status);
        Assert.Equal("/", (await SignInAsync(anna, "anna", "anna-demo")).Location?.AbsolutePath);
        Assert.Contains("Bakery assistant", (await anna.GoAsync(address, Ct)).Html, StringComparison.Ordinal);
        Assert.Equal(0, (await ListAsync(anna)).GetArrayLength());

        var dialog = (await anna.GoAsync(new Uri(address, $"/integrations/facebook/connect?chat_id={Bakery}"), Ct)).Location!;
        var landed = await anna.GoAsync(await meta.ConsentAsync(dialog, owner, ct: Ct), Ct);
        Assert.Equal("/", landed.Location!.AbsolutePath);
        var deployed = await CallAsync(anna, HttpMethod.Post, "/deploy", new { chat_id = Bakery, channels = new[] { new { type = "facebook" } } });
        Assert.True(deployed.GetProperty("agent_is_live").GetBoolean());
        var id = (await ListAsync(anna))[0].GetProperty("integration_id").GetGuid();

        var contact = page.AddContact("Carla");
        await contact.SendTextAsync("hello", ct: Ct);
        await page.WaitForMessagesAsync(1, Ct);
        Assert.Equal("You said: hello", Assert.Single(contact.Received).Text);

        using var ben = new Browser(address);
        await SignInAsync(ben, "ben", "ben-demo");
        Assert.DoesNotContain("Bakery", (await ben.GoAsync(address, Ct)).Html, StringComparison.Ordinal);
        Assert.Equal(0, (await ListAsync(ben)).GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await ben.GoAsync(new Uri(address, $"/integrations/facebook/connect?chat_id={Bakery}"), Ct)).Status);

        Assert.False((await ActAsync(anna, id, "pause")).GetProperty("is_live").GetBoolean());
        Assert.True((await ActAsync(anna, id, "resume")).GetProperty("is_active").GetBoolean());
        Assert.Equal("disconnected", (await ActAsync(anna, id, "disconnect")).GetProperty("state").GetString());

        var openApi = JsonDocument.Parse((await anna.GoAsync(new Uri(address, "/openapi/v1.json"), Ct)).Html).RootElement;
        Assert.True(openApi.GetProperty("paths").TryGetProperty("/integrations/api/deploy", out _));
        Assert.False(openApi.GetProperty("paths").TryGetProperty("/sign-in", out _));
    }

    private static Dictionary<string, string> Settings(Uri address, TestDatabase database) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_URLS"] = address.AbsoluteUri,
        ["Integrations__PublicBaseUri"] = address.AbsoluteUri,
        ["Integrations__Database"] = database.Kind,
        ["ConnectionStrings__Integrations"] = database.ConnectionString,
        ["DataProtection__KeysFolder"] = database.KeysFolder,
    };

    private static async Task<Browser.Page> SignInAsync(Browser browser, string name, string password)
    {
        var form = await browser.GoAsync(new Uri(browser.Host, "/sign-in"), Ct);
        return await browser.SubmitAsync("/sign-in", [Antiforgery(form), new("name", name), new("password", password)], Ct);
    }

    /// <summary>What the page's script asks for.</summary>
    private static async Task<JsonElement> ListAsync(Browser browser) =>
        (await CallAsync(browser, HttpMethod.Get, $"/integrations?chat_id={Bakery}")).GetProperty("items");

    private static async Task<JsonElement> ActAsync(Browser browser, Guid id, string action) =>
        (await CallAsync(browser, HttpMethod.Post, $"/integrations/{id}/{action}")).GetProperty("integration");

    private static async Task<JsonElement> CallAsync(Browser browser, HttpMethod method, string path, object? body = null)
    {
        var (status, answer) = await browser.ApiAsync(method, path, Ct, body);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }

    private static KeyValuePair<string, string> Antiforgery(Browser.Page page)
    {
        var field = AntiforgeryField().Match(page.Html);
        return new(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value));
    }

    [GeneratedRegex("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
