using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class PageHeaderTests
{
    [Fact]
    public async Task No_page_of_ours_can_be_framed_or_loads_anything()
    {
        await using var app = await TestApp.StartAsync(services: s => s.AddSingleton<IIntegrationCatalog>(new ChirpCatalog()));
        var choice = Accounts.Choice();
        app.Connector.FindAccountChoiceAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(choice);
        app.Connector.CompleteAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(
            new ConnectResult { Outcome = ConnectOutcome.AccountSelectionRequired, Choice = choice },
            new ConnectResult { Outcome = ConnectOutcome.Denied });
        app.Notices.FindDeletionAsync("abc", Arg.Any<CancellationToken>()).Returns(new DeletionStatus
        {
            Id = Guid.CreateVersion7(), ConfirmationCode = "abc", Type = IntegrationType.Facebook, SubjectHash = "", State = DeletionState.Received,
            RequestedAt = DateTimeOffset.UnixEpoch, Integrations = 0, Contacts = 0, Messages = 0,
        });
        var offered = await app.Ann.GetPageAsync("/integrations/facebook/callback?state=s&code=c");
        var cookies = string.Join("; ", offered.SetCookies().Select(c => c.Split(';')[0]));

        (string Page, HttpResponseMessage Response)[] pages =
        [
            ("account choice", await app.Ann.GetPageAsync(offered.Location(), ("Cookie", cookies))),
            ("failure", await app.Ann.GetPageAsync("/integrations/facebook/callback?state=s&error=access_denied")),
            ("not signed in", await app.Anonymous.GetPageAsync(offered.Location())),
            ("credential form", await app.Ann.GetPageAsync($"/integrations/chirp/connect?chat_id={TestApp.ChatId}")),
            ("deletion", await app.Anonymous.GetPageAsync("/integrations/facebook/data-deletion/abc")),
        ];

        Assert.Equal(HttpStatusCode.OK, pages[0].Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, pages[3].Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, pages[4].Response.StatusCode);
        foreach (var (page, response) in pages.Where(p => p.Response.Content.Headers.ContentLength != 0))
        {
            Assert.True(response.Content.Headers.ContentType?.MediaType == "text/html", page);
            var policy = response.Header("Content-Security-Policy");
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            var html = await response.TextAsync();
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" src=", html, StringComparison.OrdinalIgnoreCase);
        }
    }
}
