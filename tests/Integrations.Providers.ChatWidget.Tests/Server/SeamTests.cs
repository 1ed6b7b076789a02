using System.Net;
using System.Text.Json.Nodes;
using Integrations.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class SeamTests
{
    [Fact]
    public async Task A_new_visitor_passes_the_hosts_test_once()
    {
        var challenge = Substitute.For<IWidgetChallenge>();
        challenge.VerifyAsync(default!, WidgetHost.Ct).ReturnsForAnyArgs(call => new WidgetChallengeResult
        {
            Passed = call.Arg<WidgetChallengeRequest>().Answer == "right", Prompt = "site-key",
        });
        await using var host = await WidgetHost.StartAsync(services: s => s.AddSingleton(challenge));
        using var browser = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        var refused = await browser.PostAsync("sessions", []);
        var problem = await WidgetBrowser.JsonAsync(refused);
        Assert.Equal((HttpStatusCode.Forbidden, "challenge_required", "site-key"), (refused.StatusCode, (string)problem["code"]!, (string)problem["challenge"]!));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("sessions", new JsonObject { ["challenge"] = "wrong" })).StatusCode);
        await browser.OpenAsync(new JsonObject { ["challenge"] = "right" });
        await browser.OpenAsync();
        Assert.Equal(3, challenge.ReceivedCalls().Count());
    }

    [Fact]
    public async Task A_file_of_the_visitor_goes_with_the_message_and_one_of_another_does_not()
    {
        var uploads = Substitute.For<IWidgetUploads>();
        uploads.Types.Returns(["image/*"]);
        uploads.MaxBytes.Returns(1000);
        WidgetUploadRequest? asked = null;
        uploads.CreateAsync(default!, WidgetHost.Ct).ReturnsForAnyArgs(call =>
        {
            asked = call.Arg<WidgetUploadRequest>();
            return new WidgetUploadTicket { Id = "u1", Url = new Uri("https://files.example/u1"), Headers = new Dictionary<string, string> { ["x-a"] = "b" } };
        });
        uploads.FindAsync(default, "", "", WidgetHost.Ct).ReturnsForAnyArgs(call => call.ArgAt<string>(1) == asked?.VisitorId && call.ArgAt<string>(2) == "u1"
            ? new MessageAttachment { Type = "image", Url = "https://files.example/u1", Title = "a.png", PlatformId = "u1" }
            : null);
        await using var host = await WidgetHost.StartAsync(services: s => s.AddSingleton(uploads));
        using var ann = await host.VisitAsync();
        using var bob = await host.VisitAsync();
        var ticket = await WidgetBrowser.JsonAsync(await ann.PostAsync("uploads", new JsonObject { ["name"] = "../../c:\\a.png", ["type"] = "image/png", ["size"] = 10 }));
        Assert.Equal(("u1", "https://files.example/u1", "b"), ((string)ticket["id"]!, (string)ticket["url"]!, (string)ticket["headers"]!["x-a"]!));
        Assert.Equal("a.png", asked!.Name);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await ann.PostAsync("uploads", new JsonObject { ["name"] = "a.exe", ["type"] = "application/exe", ["size"] = 10 })).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ann.PostAsync("uploads", new JsonObject { ["name"] = "a.png", ["type"] = "image/png", ["size"] = 1001 })).StatusCode);

        JsonObject Message() => new() { ["clientId"] = Guid.NewGuid().ToString(), ["text"] = "", ["attachments"] = new JsonArray("u1") };
        Assert.Equal(HttpStatusCode.BadRequest, (await bob.PostAsync("messages", Message())).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await ann.PostAsync("messages", Message())).StatusCode);
        var history = await WidgetBrowser.JsonAsync(await ann.GetAsync("messages"));
        Assert.Equal("https://files.example/u1", (string)history["messages"]![0]!["attachments"]![0]!["url"]!);
    }

    [Fact]
    public async Task What_a_visitor_fills_in_before_the_chat_reaches_the_host_as_an_event()
    {
        await using var host = await WidgetHost.StartAsync(runWorkers: false);
        using var browser = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        await browser.OpenAsync(new JsonObject { ["contact"] = new JsonObject { ["email"] = "ann@example.com" } });
        var stored = Assert.Single(await host.Services.GetRequiredService<IMessageInbox>().ListAsync(new MessageQuery { Key = host.Key }, WidgetHost.Ct));
        Assert.Equal(("opt_in", browser.VisitorId), (stored.Kind, stored.ContactId));
        Assert.Contains("ann@example.com", stored.Payload, StringComparison.Ordinal);
    }
}
