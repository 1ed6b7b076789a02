using System.Net;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Integrations.AspNetCore.Tests;

public sealed class NoticeTests
{
    private const string Deletion = "/integrations/facebook/data-deletion";
    private const string Deauthorize = "/integrations/facebook/deauthorize";

    [Fact]
    public async Task A_deletion_is_answered_with_exactly_the_two_values_Meta_wants()
    {
        await using var app = await StartAsync(new PlatformNoticeReceipt { ConfirmationCode = "abc 1", Integrations = 2 });
        var response = await PostAsync(app, Deletion, "sig.payload+/=");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""{"url":"https://chat.example.com/integrations/facebook/data-deletion/abc%201","confirmation_code":"abc 1"}""", await response.TextAsync());
        await app.Notices.Received(1).ReceiveAsync(
            IntegrationType.Facebook,
            Arg.Is<PlatformNoticeRequest>(r => r.Kind == PlatformNoticeKind.DataDeletion && r.Form["signed_request"] == "sig.payload+/="),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_deauthorise_notice_is_answered_with_nothing()
    {
        await using var app = await StartAsync(new PlatformNoticeReceipt { Integrations = 1 });
        var response = await PostAsync(app, Deauthorize, "x.y");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.TextAsync());
        await app.Notices.Received(1).ReceiveAsync(
            IntegrationType.Facebook, Arg.Is<PlatformNoticeRequest>(r => r.Kind == PlatformNoticeKind.Deauthorize), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData(Deletion)]
    [InlineData(Deauthorize)]
    public async Task A_forged_notice_is_refused(string path)
    {
        await using var app = await StartAsync(new PlatformNoticeReceipt { Reason = "signature_wrong" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(app, path, "x.y")).StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_no_form_or_too_large_is_refused()
    {
        await using var app = await StartAsync(new PlatformNoticeReceipt());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await app.Anonymous.PostJsonAsync(Deletion, "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(app, Deletion, new string('x', 70_000))).StatusCode);
        await app.Notices.DidNotReceiveWithAnyArgs().ReceiveAsync(default, default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_notice_that_could_not_be_carried_out_is_asked_for_again()
    {
        await using var app = await TestApp.StartAsync();
        app.Notices.ReceiveAsync(default, default!, TestContext.Current.CancellationToken).ThrowsAsyncForAnyArgs(new TimeoutException());
        var response = await PostAsync(app, Deletion, "x.y");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("30", response.Header("Retry-After"));
    }

    [Fact]
    public async Task A_type_without_notices_or_not_installed_is_not_found()
    {
        await using var app = await TestApp.StartAsync();
        app.Notices.ReceiveAsync(default, default!, TestContext.Current.CancellationToken)
            .ThrowsAsyncForAnyArgs(new IntegrationException(IntegrationErrorKind.NotAvailable, "none"));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(app, Deletion, "x.y")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(app, "/integrations/telegram/deauthorize", "x.y")).StatusCode);
    }

    [Fact]
    public async Task A_person_reads_how_their_deletion_stands()
    {
        await using var app = await TestApp.StartAsync();
        DeletionStatus Stands(DeletionState state) => new()
        {
            Id = Guid.CreateVersion7(), ConfirmationCode = "abc<1", Type = IntegrationType.Facebook, SubjectHash = "5ub", State = state,
            RequestedAt = new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.Zero), CompletedAt = new DateTimeOffset(2026, 11, 24, 9, 31, 0, TimeSpan.Zero),
            Integrations = 71, Contacts = 72, Messages = 73,
        };
        app.Notices.FindDeletionAsync("abc<1", Arg.Any<CancellationToken>())
            .Returns(Stands(DeletionState.Received), Stands(DeletionState.InProgress), Stands(DeletionState.Done));
        Assert.Contains("was received on 2026-11-24 09:30 UTC", await (await app.Anonymous.GetPageAsync($"{Deletion}/abc%3C1")).TextAsync(), StringComparison.Ordinal);
        Assert.Contains("in progress", await (await app.Anonymous.GetPageAsync($"{Deletion}/abc%3C1")).TextAsync(), StringComparison.Ordinal);
        var known = await app.Anonymous.GetPageAsync($"{Deletion}/abc%3C1");
        var text = await known.TextAsync();
        Assert.Contains("done on 2026-11-24 09:31 UTC", text, StringComparison.Ordinal);
        Assert.All((string[])["5ub", "71", "72", "73"], secret => Assert.DoesNotContain(secret, text[text.IndexOf("<main>", StringComparison.Ordinal)..], StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetPageAsync($"/integrations/instagram/data-deletion/abc%3C1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal("text/html", known.Content.Headers.ContentType?.MediaType);
        Assert.Contains("abc&lt;1", await known.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetPageAsync($"{Deletion}/other")).StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string path, string signedRequest) =>
        app.Anonymous.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([KeyValuePair.Create("signed_request", signedRequest)]));

    private static async Task<TestApp> StartAsync(PlatformNoticeReceipt receipt)
    {
        var app = await TestApp.StartAsync();
        app.Notices.ReceiveAsync(default, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(receipt);
        return app;
    }
}
