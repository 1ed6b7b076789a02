using Integrations.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Providers.Meta.Tests;

/// <summary>A Graph client over canned answers, with a clock that stands still.</summary>
internal sealed class GraphHarness : IHttpClientFactory
{
    public const string AppSecret = "0123456789abcdef0123456789abcdef";
    public static readonly Secret Token = new("EAAtoken123");

    public GraphHarness() => Client = new GraphClient(this, "test", () => Options, Time, NullLogger.Instance);

    public CannedHttp Http { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public TestMetaOptions Options { get; } = new() { AppId = "900100", AppSecret = AppSecret, VerifyToken = "verify me" };

    public GraphClient Client { get; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public HttpClient CreateClient(string name) => new(Http, disposeHandler: false);

    public Task<GraphResult> GetAsync(string path, string budget = GraphThrottle.AppBudget) =>
        Client.SendAsync(new GraphRequest { Method = HttpMethod.Get, Path = path, Token = Token, Budget = budget }, Ct);

    public Task<GraphResult> SendAsync(string budget = "1029") => Client.SendAsync(
        new GraphRequest { Method = HttpMethod.Post, Path = "1029/messages", Token = Token, Json = "{}"u8.ToArray(), Budget = budget, IsSend = true }, Ct);

    internal sealed class TestMetaOptions : MetaOptions;
}
