using System.Net;
using System.Net.Sockets;
using Integrations.Providers.Facebook;

namespace Integrations.EndToEnd.Tests.Keeper;

/// <summary>
/// What follows from each answer of Meta: for a send the message's state, the connection's state, the events and when it is tried
/// again; for a refresh the connection's state, the events and when it is tried again. Codes are those of
/// https://developers.facebook.com/docs/graph-api/guides/error-handling and the Send API's and Instagram's error pages.
/// </summary>
public sealed class EventTableTests
{
    private const string Messages = "POST /v26.0/1029/messages";
    private const string Exchange = "POST /v26.0/oauth/access_token";
    private const string Debug = "GET /v26.0/debug_token";
    private static readonly TimeSpan RequestTimeout = new FacebookOptions().RequestTimeout;

    [Theory]
    // What Meta answers       after a send                                                            after a refresh
    [InlineData("1",            "Pending, Connected, again in 1 s",                                     "Connected, again in 5 min")]
    [InlineData("1/99",         "Pending, Connected, again in 1 s",                                     "Connected, again in 5 min")]
    [InlineData("1/1357046",    "Unknown, Connected, never again",                                      "Connected, again in 5 min")]
    [InlineData("2",            "Pending, Connected, again in 1 s",                                     "Connected, again in 30 s")]
    [InlineData("2/1545133",    "Pending, Connected, again in 1 s",                                     "Connected, again in 30 s")]
    [InlineData("2/2018344",    "Pending, Connected, again in 1 s",                                     "Connected, again in 5 min")]
    [InlineData("3",            "Pending, Connected, again in 1 s",                                     "Connected, again in 5 min")]
    [InlineData("4",            "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("4/2018022",    "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("4/2018354",    "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("9/2018352",    "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10",           "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("10/2018065",   "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10/2018278",   "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10/2534022",   "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10/2018108",   "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10/1893063",   "Failed, Suspended, MessageFailed, Suspended, never again",             "Connected, again in 30 s")]
    [InlineData("17",           "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("32",           "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("100",          "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("100/33",       "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("100/36009",    "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("100/2018001",  "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("100/2018047",  "Pending, Connected, again in 1 s",                                     "Connected, again in 30 s")]
    [InlineData("100/2018109",  "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("100/2534014",  "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10/2534001",   "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10/2534013",   "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("10/2534025",   "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("101",          "Pending, Connected, again in 1 s",                                     "Connected, again in 5 min")]
    [InlineData("102",          "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("190",          "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("190/458",      "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("190/459",      "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("190/460",      "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("190/463",      "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("190/464",      "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("190/467",      "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("190/492",      "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("200",          "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("299",          "Pending, ReconnectRequired, ReconnectRequired, again in 15 min",       "ReconnectRequired, ReconnectRequired, never again")]
    [InlineData("200/1545041",  "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("200/2018021",  "Pending, Connected, again in 1 s",                                     "Connected, again in 5 min")]
    [InlineData("200/2018027",  "Pending, Connected, again in 1 s",                                     "Connected, again in 5 min")]
    [InlineData("200/2018028",  "Pending, Connected, again in 1 s",                                     "Connected, again in 5 min")]
    [InlineData("230",          "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("341",          "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("368",          "Failed, Suspended, MessageFailed, Suspended, never again",             "Connected, again in 30 s")]
    [InlineData("506",          "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("551",          "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("613",          "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("1200",         "Pending, Connected, again in 1 s",                                     "Connected, again in 30 s")]
    [InlineData("2022",         "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("2500",         "Pending, Connected, again in 1 s",                                     "Connected, again in 5 min")]
    [InlineData("9010",         "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10303",        "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10900",        "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("10903",        "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("36000",        "Failed, Connected, MessageFailed, never again",                        "Connected, again in 30 s")]
    [InlineData("80001",        "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("80002",        "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("80006",        "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("no answer",    "Unknown, Connected, never again",                                      "Connected, again in 30 s")]
    [InlineData("no way there", "Pending, Connected, again in 1 s",                                     "Connected, again in 30 s")]
    [InlineData("timeout",      "Unknown, Connected, never again",                                      "Connected, again in 30 s")]
    [InlineData("garbage",      "Unknown, Connected, never again",                                      "Connected, again in 30 s")]
    [InlineData("500",          "Pending, Connected, again in 1 s",                                     "Connected, again in 30 s")]
    [InlineData("503",          "Pending, Connected, again in 1 s",                                     "Connected, again in 30 s")]
    [InlineData("429",          "Pending, Connected, again in 1 min",                                   "Connected, again in 1 min")]
    [InlineData("429, 15 min",  "Pending, Connected, again in 15 min",                                  "Connected, again in 15 min")]
    public async Task Each_answer_has_its_state_event_and_retry_time(string answer, string afterSend, string afterRefresh)
    {
        Assert.Equal(afterSend, await SendAsync(answer));
        Assert.Equal(afterRefresh, await RefreshAsync(answer));
    }

    private static async Task<string> SendAsync(string answer)
    {
        await using var meta = new MetaRuntime();
        await meta.ConnectAsync(IntegrationType.Facebook);
        Prepare(meta, Messages, answer);
        // A verdict on the grant is confirmed first: by a refresh where the token was refused, by a look at its permissions where they were.
        Prepare(meta, Exchange, answer);
        meta.Http.Json(Debug, """{"data":{"app_id":"900100","type":"PAGE","is_valid":true,"expires_at":0,"scopes":["pages_show_list"],"profile_id":"1029"}}""");
        await meta.QueueAsync("ann");
        await RunAsync(meta, meta.WorkAsync());

        var message = await meta.MessageAsync();
        var events = await meta.EventsAsync();
        return Describe($"{message.State}, ", await meta.ReadAsync(), events, await NextTurnAsync(meta));
    }

    private static async Task<string> RefreshAsync(string answer)
    {
        await using var meta = new MetaRuntime();
        await meta.ConnectAsync(IntegrationType.Facebook);
        Prepare(meta, Exchange, answer);
        meta.Time.Advance(TimeSpan.FromDays(50));
        await RunAsync(meta, meta.SweepAsync());

        var stored = await meta.ReadAsync();
        return Describe("", stored, await meta.EventsAsync(), stored.Connection.RefreshDueAt - meta.Now);
    }

    private static void Prepare(MetaRuntime meta, string call, string answer)
    {
        if (answer == "no answer")
            meta.Http.Throws(call, new HttpRequestException(HttpRequestError.ResponseEnded));
        else if (answer == "no way there")
            meta.Http.Throws(call, new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException()));
        else if (answer == "timeout")
            meta.Http.Hangs(call);
        else if (answer == "garbage")
            meta.Http.Text(call, "<html>", "text/html");
        else if (answer.StartsWith("429", StringComparison.Ordinal))
            meta.Http.Text(call, "", "text/plain", HttpStatusCode.TooManyRequests, answer.EndsWith("15 min", StringComparison.Ordinal) ? [("Retry-After", "900")] : []);
        else if (answer is "500" or "503")
            meta.Http.Text(call, "<html>", "text/html", (HttpStatusCode)int.Parse(answer, System.Globalization.CultureInfo.InvariantCulture));
        else
            meta.Http.Json(call, Error(answer.Split('/')), HttpStatusCode.BadRequest);
    }

    private static string Error(string[] code) =>
        $$$"""{"error":{"message":"Text that nobody should branch on.","type":"OAuthException","code":{{{code[0]}}},"error_subcode":{{{code.ElementAtOrDefault(1) ?? "0"}}},"fbtrace_id":"A6LJylpZRKw2xKLFsAP"}}""";

    /// <summary>The clock goes on only when a call hangs, and by the time after which it is given up.</summary>
    private static async Task RunAsync(MetaRuntime meta, Task work)
    {
        for (var hanging = 1; await Task.WhenAny(work, meta.Http.HangsAsync(hanging)) != work; hanging++)
            meta.Time.Advance(RequestTimeout);
        await work;
    }

    /// <summary>After how long the conversation has its turn again. Null for not within the hour.</summary>
    private static async Task<TimeSpan?> NextTurnAsync(MetaRuntime meta)
    {
        var waited = TimeSpan.Zero;
        foreach (var seconds in (double[])[0.79, 1.21, 47, 73, 719, 1081, 3600])
        {
            var to = TimeSpan.FromSeconds(seconds);
            meta.Time.Advance(to - waited);
            var turn = (waited + to) / 2;
            waited = to;
            if (await meta.WorkAsync())
                return turn;
        }

        return null;
    }

    private static string Describe(string message, StoredIntegration stored, IReadOnlyList<IntegrationEvent> told, TimeSpan? again)
    {
        var events = string.Concat(told.Select(e => $"{e.Kind}, "));
        return $"{message}{stored.Connection.State}, {events}" + again switch
        {
            null => "never again",
            { TotalSeconds: >= 0.8 and <= 1.2 } => "again in 1 s",
            { TotalSeconds: >= 27 and <= 33 } => "again in 30 s",
            { TotalSeconds: >= 48 and <= 72 } => "again in 1 min",
            { TotalMinutes: >= 4.5 and <= 5.5 } => "again in 5 min",
            { TotalMinutes: >= 12 and <= 18 } => "again in 15 min",
            var other => $"again in {other}",
        };
    }
}
