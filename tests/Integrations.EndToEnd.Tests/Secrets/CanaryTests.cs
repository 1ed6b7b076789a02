using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Integrations.EndToEnd.Tests.Support;
using Integrations.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EndToEnd.Tests.Secrets;

/// <summary>Connect, refresh, send, fail, revoke and more at Trace level: no secret's text gets out anywhere.</summary>
public sealed class CanaryTests
{
    private readonly ConcurrentDictionary<string, string> _secrets = new();
    private readonly ConcurrentDictionary<string, bool> _called = new();

    private static CancellationToken Ct => TestTime.Token;

    [Fact]
    public async Task No_secret_gets_out_of_a_whole_life_of_an_integration()
    {
        using var witness = new Witness();
        var clock = new ShiftedClock();
        // Secrets of its own, so that tests running beside it cannot be mistaken for a leak.
        var options = new MetaSimulatorOptions { TimeProvider = clock, WebhookTimeout = Stage.Patience, Seed = 4711, AppSecret = "c0ffee00c0ffee00c0ffee00c0ffee00" };
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings
        {
            Clock = clock,
            Logs = witness.Logs,
            Facebook = facebook => facebook.UsePkce = true,
            Integrations = integrations => integrations.ConfigureFacebookHttpClient(http => http.AddHttpMessageHandler(() => new WireTap(_secrets, _called))),
        }, options);

        await LiveAsync(stage, clock, witness);
        CollectSecrets(stage);
        Assert.Equal([stage.Meta.GraphBaseUri.GetLeftPart(UriPartial.Authority)], _called.Keys);
        // Metrics are kept for long and seen by many: ids have no place in them either.
        Assert.DoesNotContain(witness.Find(Ids(stage)), found => found.Contains(" in metric Integrations/", StringComparison.Ordinal));
        await SeeDatabaseAsync(stage, witness);

        Assert.All((string[])["log", "exception", "metric Integrations", "trace", "database integrations.auth_token", "file", "page", "api", "text"],
            source => Assert.True(witness.CountOf(source) > 0, $"nothing was seen of: {source}"));
        Assert.All((string[])["app secret", "verify token", "code ", "User token", "Page token", "state", "cookie", "code_verifier", "appsecret_proof"],
            name => Assert.Contains(_secrets.Keys, secret => secret.StartsWith(name, StringComparison.Ordinal)));
        Assert.All(_secrets.Values, secret => Assert.True(secret.Length >= 12, "A short text would be found by chance."));
        Assert.NotEmpty(witness.Find(new Dictionary<string, string> { ["what is no secret"] = stage.Page.Id }));
        // The server's own request log writes whole addresses. It is not ours to change; MapIntegrations() warns about it at the start.
        var leaks = witness.Find(_secrets).Where(leak => !leak.Contains("Microsoft.AspNetCore.Hosting.Diagnostics[", StringComparison.Ordinal)).ToList();
        Assert.True(leaks.Count == 0, string.Join(Environment.NewLine, leaks));
        Assert.Contains(witness.Logs.Lines, line => line.Contains("Integrations.AspNetCore[4", StringComparison.Ordinal) && line.StartsWith("Warning", StringComparison.Ordinal));
    }

    private async Task LiveAsync(Stage stage, ShiftedClock clock, Witness witness)
    {
        var contact = stage.Page.AddContact("Carla");
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        await ConnectAsync(stage, browser, witness);
        var key = (await stage.Host.Get<IIntegrationReader>().ListAsync(new IntegrationQuery { ClientId = Person.Anna.ClientId }, Ct)).Single().Key;
        Show(witness, await stage.DeployAsync(Person.Anna, Ct, """{"welcome_message":"Hi","notification_email":"o@example.com"}"""));

        // Sends that work, are refused, are lost, and happen while the platform is down.
        await contact.SendTextAsync("hello", ct: Ct);
        await stage.SentAsync(2, Ct);
        stage.Meta.FailNextSend(551);
        await contact.SendTextAsync("refused", ct: Ct);
        Show(witness, await stage.Host.Events.WaitForAsync(IntegrationEventKind.MessageFailed, Ct));
        stage.Meta.DropNextAnswer();
        await contact.SendTextAsync("lost", ct: Ct);
        await stage.SentAsync(3, Ct);
        Assert.Equal(401, await stage.Meta.Webhooks.PostRawAsync("{}", "sha256=00", Ct));

        // Refreshes that are refused, are garbage, and work.
        var tokens = stage.Host.Get<IIntegrationTokens>();
        clock.Advance(TimeSpan.FromDays(55));
        foreach (var outage in Enum.GetValues<MetaOutage>())
        {
            stage.Meta.GoDown(outage);
            Show(witness, await tokens.RefreshAsync(key, ct: Ct));
        }

        stage.Meta.ComeBack();
        Show(witness, await tokens.RefreshAsync(key, ct: Ct));

        // The grant ends; it is connected anew, and in between the callback is abused.
        stage.Owner.RevokeConsent();
        await contact.SendTextAsync("into the void", ct: Ct);
        Show(witness, await stage.Host.Get<IIntegrationMessenger>().SendAsync(key, contact.Id, OutboundMessage.FromText("late"), ct: Ct));
        Show(witness, await tokens.RefreshAsync(key, ct: Ct));
        Show(witness, await stage.Host.Events.WaitForAsync(IntegrationEventKind.ReconnectRequired, Ct));
        await browser.SignInAsync(Person.Anna, Ct);
        var callback = await ConnectAsync(stage, browser, witness);
        witness.Saw("page", (await browser.GoAsync(callback, Ct)).Html);
        foreach (var path in (string[])["/integrations", $"/integrations/{key.IntegrationId}", "/catalog"])
            witness.Saw("api", (await browser.ApiAsync(HttpMethod.Get, path, Ct)).Body.ToString());
        Show(witness, await stage.ViewAsync(key, Ct));
        await SeeDatabaseAsync(stage, witness);
        Show(witness, await stage.Owner.DeauthorizeAsync(Ct));
        Show(witness, await stage.Owner.RequestDataDeletionAsync(Ct));
        foreach (var told in stage.Host.Events.All)
            Show(witness, told);
    }

    private async Task<Uri> ConnectAsync(Stage stage, Browser browser, Witness witness)
    {
        var dialog = await browser.StartConnectAsync(Person.Anna.ChatId, Ct);
        var state = QueryHelpers.ParseQuery(dialog.Query)["state"].ToString();
        _secrets[$"state {state[..4]}…"] = state;
        var second = stage.Meta.Pages.FirstOrDefault(page => page != stage.Page) ?? stage.Meta.AddPage("Second", stage.Owner);
        var callback = await stage.Meta.ConsentAsync(dialog, stage.Owner, choice => choice.OnlyPages(stage.Page, second), Ct);
        var offered = await browser.GoAsync(callback, Ct);
        witness.Saw("page", offered.Location?.ToString());
        witness.Saw("page", (await browser.GoAsync(offered.Location!, Ct)).Html);
        foreach (var cookie in browser.Cookies.GetCookies(new Uri(stage.Host.Address, "/integrations/facebook")).Where(c => c.Name.StartsWith("integrations", StringComparison.Ordinal)))
            _secrets[$"cookie {cookie.Name}"] = cookie.Value;
        // Connecting again takes the same Page by itself.
        if (!offered.Location!.AbsolutePath.Contains("/accounts/", StringComparison.Ordinal))
            return callback;
        var landed = await browser.ChooseAsync(offered.Location, stage.Page.Id, Ct);
        Assert.Equal(HttpStatusCode.SeeOther, landed.Status);
        witness.Saw("page", landed.Location?.ToString());
        return callback;
    }

    private static Dictionary<string, string> Ids(Stage stage)
    {
        var told = stage.Host.Events.All;
        return told.Select(e => e.MessageId).OfType<Guid>().Distinct().Select((id, i) => ($"message {i}", id.ToString()))
            .Concat([("integration", told[0].Key.IntegrationId.ToString()), ("client", Person.Anna.ClientId.ToString()), ("chat", Person.Anna.ChatId.ToString())])
            .Concat([("page", stage.Page.Id), ("page name", stage.Page.Name), ("contact", stage.Page.Contacts[0].Id)])
            .ToDictionary(id => id.Item1, id => id.Item2);
    }

    private void CollectSecrets(Stage stage)
    {
        _secrets["app secret"] = stage.Meta.AppSecret;
        _secrets["verify token"] = TestHost.VerifyToken;
        foreach (var (i, code) in stage.Meta.IssuedCodes.Index())
            _secrets[$"code {i}"] = code;
        foreach (var (i, token) in stage.Meta.IssuedTokens.Index())
            _secrets[$"{token.Kind} token {i}"] = token.Value;
    }

    /// <summary>What a careless host would write into its log: the text of a result, and all its properties as JSON.</summary>
    private static void Show<T>(Witness witness, T result)
    {
        witness.Saw("text", $"{result}");
        try
        {
            witness.Saw("text", JsonSerializer.Serialize(result));
        }
        catch (NotSupportedException)
        {
            // A secret inside refuses to be serialised, which is what it is for.
        }
    }

    /// <summary>Every value of every table, and the raw bytes of the files: also what was deleted and not yet overwritten.</summary>
    private static async Task SeeDatabaseAsync(Stage stage, Witness witness)
    {
        var database = (SqliteTestDatabase)stage.Database;
        foreach (var (place, text) in await DatabaseDump.ReadAsync(database, Ct))
            witness.Saw($"database {place}", text);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(database.FilePath)!, "integrations.db*"))
            witness.Saw($"file {Path.GetFileName(file)}", Encoding.Latin1.GetString(await ReadSharedAsync(file)));
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }
}
