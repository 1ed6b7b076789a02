using System.Text;
using Xunit;

namespace Integrations.Testing;

/// <summary>
/// What every <see cref="IWebhookReceiver"/> must do: take what is genuine, refuse the rest, and never throw for what comes in. Derive
/// from it beside <see cref="ProviderConformance{TFixture}"/>.
/// </summary>
/// <param name="fixture">The provider and its <see cref="ProviderFixture.WebhookBody"/>.</param>
public abstract class ProviderWebhookConformance<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : ProviderFixture
{
    /// <summary>The fixture.</summary>
    protected TFixture Fixture { get; } = fixture ?? throw new ArgumentNullException(nameof(fixture));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IWebhookAccountReader? AccountReader => Fixture.Provider as IWebhookAccountReader;

    /// <summary>A genuine call gives events the runtime can route and recognise when they come again.</summary>
    [Fact]
    public async Task A_genuine_call_gives_the_same_events_each_time()
    {
        var (receiver, request) = Genuine();

        var first = await receiver.ReceiveAsync(request, Ct);
        var again = await receiver.ReceiveAsync(Genuine().Request, Ct);

        Assert.Equal(WebhookVerdict.Accepted, first.Verdict);
        Assert.NotEmpty(first.Events);
        Assert.All(first.Events, e => Assert.False(string.IsNullOrEmpty(e.AccountId) || string.IsNullOrEmpty(e.EventId), $"An event of kind {e.Kind} lacks its AccountId or EventId."));
        Assert.Equal(first.Events.Count, first.Events.Select(e => (e.AccountId, e.EventId)).Distinct().Count());
        Assert.Equal(first.Events.Select(e => (e.AccountId, e.EventId)), again.Events.Select(e => (e.AccountId, e.EventId)));
        Assert.Contains(first.Events, e => e.Kind == InboundEventKind.Message && e.ContactId is { Length: > 0 });
    }

    /// <summary>Without its headers and query a call proves nothing.</summary>
    [Fact]
    public async Task A_call_without_its_proof_is_refused()
    {
        var (receiver, request) = Genuine();

        await RefusedAsync(receiver, With(request, request.Body.ToArray(), headers: false));
    }

    /// <summary>Where calls are proven by a secret of the account: one of an account that is not connected here.</summary>
    [Fact]
    public async Task A_call_without_its_connection_is_refused()
    {
        var (receiver, request) = Genuine();
        if (AccountReader is not { } reader)
            return;

        Assert.Equal(request.Connection?.AccountId, reader.ReadAccountId(request));
        await RefusedAsync(receiver, With(request, request.Body.ToArray(), connection: false));
    }

    /// <summary>Where the proof covers the body: one changed byte anywhere breaks it.</summary>
    [Fact]
    public async Task A_changed_body_is_refused()
    {
        var (receiver, request) = Genuine();
        if (!Fixture.ProofCoversBody)
            return;
        var step = Math.Max(1, request.Body.Length / 50);
        for (var i = 0; i < request.Body.Length; i += step)
        {
            var body = request.Body.ToArray();
            body[i] ^= 1;
            await RefusedAsync(receiver, With(request, body));
        }

        await RefusedAsync(receiver, With(request, [.. request.Body.Span, (byte)' ']));
    }

    /// <summary>Whoever can call the address can send anything: nothing is thrown, with the right headers or without.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"entry\":1}")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\":")]
    [InlineData("a=1&b=%zz")]
    [InlineData("\uD83D\uDC0E \0")]
    public async Task Any_body_is_an_answer(string body)
    {
        var (receiver, request) = Genuine();
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(body), [0xFF, 0xFE, .. Encoding.UTF8.GetBytes(body)] })
        {
            await AnsweredAsync(receiver, Fixture.CreateWebhook(bytes));
            await AnsweredAsync(receiver, With(request, bytes, headers: false));
            var unproven = await AnsweredAsync(receiver, With(request, bytes));
            if (Fixture.ProofCoversBody)
                Assert.NotEqual(WebhookVerdict.Accepted, unproven.Verdict);
        }
    }

    /// <summary>Platforms change: a proven call in which anything is different, or cut short, is an answer all the same.</summary>
    [Fact]
    public async Task Reading_a_proven_call_is_total()
    {
        var (receiver, request) = Genuine();
        for (var i = 0; i < request.Body.Length; i++)
        {
            var body = request.Body.ToArray();
            foreach (var other in "0\"]}x"u8.ToArray())
            {
                body[i] = other;
                await AnsweredAsync(receiver, Fixture.CreateWebhook(body));
            }

            await AnsweredAsync(receiver, Fixture.CreateWebhook(request.Body[..i]));
            if (request.Body.Span[i] == (byte)'{')
                await AnsweredAsync(receiver, Inserted(i, "\"twice\":1,\"twice\":2,"));
            if (request.Body.Span[i] == (byte)'"')
                await AnsweredAsync(receiver, Inserted(i, "\\ud83d")); // half a character
        }

        WebhookRequest Inserted(int after, string text) =>
            Fixture.CreateWebhook((byte[])[.. request.Body.Span[..(after + 1)], .. Encoding.UTF8.GetBytes(text), .. request.Body.Span[(after + 1)..]]);
    }

    /// <summary>A person who opens the address in a browser.</summary>
    [Fact]
    public async Task A_bare_get_delivers_nothing()
    {
        var (receiver, request) = Genuine();

        var result = await receiver.ReceiveAsync(With(request, [], headers: false, method: "GET"), Ct);

        Assert.Empty(result.Events);
    }

    private async Task<WebhookResult> AnsweredAsync(IWebhookReceiver receiver, WebhookRequest request)
    {
        AccountReader?.ReadAccountId(request);
        var result = await receiver.ReceiveAsync(request, Ct);
        Assert.All(result.Events, e => Assert.False(string.IsNullOrEmpty(e.AccountId) || string.IsNullOrEmpty(e.EventId), $"An event of kind {e.Kind} lacks its AccountId or EventId."));
        return result;
    }

    private static async Task RefusedAsync(IWebhookReceiver receiver, WebhookRequest request)
    {
        var result = await receiver.ReceiveAsync(request, Ct);
        Assert.NotEqual(WebhookVerdict.Accepted, result.Verdict);
        Assert.Empty(result.Events);
        Assert.False(string.IsNullOrWhiteSpace(result.Reason), "A call that is refused says why in WebhookResult.Reason.");
    }

    private static WebhookRequest With(WebhookRequest request, byte[] body, bool headers = true, bool connection = true, string? method = null) => new()
    {
        Method = method ?? request.Method,
        PublicUri = request.PublicUri,
        Headers = headers ? request.Headers : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
        Query = headers ? request.Query : new Dictionary<string, string>(),
        Connection = connection ? request.Connection : null,
        Body = body,
    };

    private (IWebhookReceiver Receiver, WebhookRequest Request) Genuine()
    {
        var receiver = Assert.IsAssignableFrom<IWebhookReceiver>(Fixture.Provider);
        Assert.True(Fixture.WebhookBody is not null, "Override ProviderFixture.WebhookBody and CreateWebhook.");
        return (receiver, Fixture.CreateWebhook(Encoding.UTF8.GetBytes(Fixture.WebhookBody)));
    }
}
