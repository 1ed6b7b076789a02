using System.Net;
using System.Text;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class DataTests
{
    private static readonly IntegrationKey Key = new(TestApp.ClientId, TestApp.IntegrationId);
    private static readonly string Erase = $"/integrations/api/integrations/{TestApp.IntegrationId}/contacts/erase";

    [Fact]
    public async Task A_contact_is_erased_for_the_asking_client_and_never_named_in_an_address()
    {
        await using var app = await TestApp.StartAsync();
        app.Reader.FindAsync(Key, Arg.Any<CancellationToken>()).Returns(Views.One());
        app.Data.EraseContactAsync(Key, "psid/1", Arg.Any<CancellationToken>()).Returns(7);

        var response = await app.Ann.PostJsonAsync(Erase, """{"contact_id":"psid/1"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"messages":7}""", await response.TextAsync());
    }

    [Fact]
    public async Task Another_clients_integration_is_not_found_and_nothing_is_erased()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await app.Ann.PostJsonAsync(Erase, """{"contact_id":"psid"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Ann.PostJsonAsync(Erase, "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.PostJsonAsync(Erase, """{"contact_id":"psid"}""")).StatusCode);
        await app.Data.DidNotReceiveWithAnyArgs().EraseContactAsync(default, default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_export_is_the_asking_clients_and_is_not_kept_by_anyone()
    {
        await using var app = await TestApp.StartAsync();
        app.Data.ExportAsync(TestApp.ClientId, Arg.Any<Stream>(), Arg.Any<CancellationToken>())
            .Returns(call => call.Arg<Stream>().WriteAsync(Encoding.UTF8.GetBytes("""{"integrations":[]}""")).AsTask());

        var response = await app.Ann.GetPageAsync("/integrations/api/export");

        Assert.Equal("""{"integrations":[]}""", await response.TextAsync());
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal("integrations-export.json", response.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetPageAsync("/integrations/api/export")).StatusCode);
    }
}
