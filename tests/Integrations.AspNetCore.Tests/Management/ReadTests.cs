using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class ReadTests
{
    private const string List = "/integrations/api/integrations";
    private static readonly string One = $"{List}/{TestApp.IntegrationId}";

    [Fact]
    public async Task The_catalog_lists_every_type_with_its_availability()
    {
        await using var app = await TestApp.StartAsync();
        var items = (await (await app.Ann.GetPageAsync("/integrations/api/catalog")).JsonAsync()).GetProperty("items");
        Assert.Equal(
            ["facebook available oauth2", "chat-widget available none", "telegram coming_soon credentials"],
            items.EnumerateArray().Select(i => $"{i.GetProperty("type")} {i.GetProperty("availability")} {i.GetProperty("authorization")}"));
        Assert.Equal("pages_messaging", items[0].GetProperty("required_scopes")[0].GetString());
    }

    [Fact]
    public async Task A_type_with_a_credential_form_tells_its_fields()
    {
        await using var app = await TestApp.StartAsync();
        var items = (await (await app.Ann.GetPageAsync("/integrations/api/catalog")).JsonAsync()).GetProperty("items");
        Assert.Equal("""[{"name":"bot_token","label":"Bot token","help":null,"is_secret":true,"is_required":true},{"name":"proxy","label":"Proxy","help":null,"is_secret":false,"is_required":false}]""", items[2].GetProperty("credential_fields").GetRawText());
        Assert.Equal(0, items[0].GetProperty("credential_fields").GetArrayLength());
    }

    [Fact]
    public async Task The_list_is_of_the_asking_client_and_can_be_paged()
    {
        await using var app = await TestApp.StartAsync();
        app.Reader.ListAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs([Views.One()]);
        var response = await app.Ann.GetPageAsync($"{List}?chat_id={TestApp.ChatId}&type=facebook&after={TestApp.ChatId}&limit=1");
        var body = await response.JsonAsync();
        Assert.Equal(TestApp.IntegrationId, body.GetProperty("next").GetGuid());
        Assert.Equal("no-store", response.Header("Cache-Control"));
        var item = Assert.Single(body.GetProperty("items").EnumerateArray());
        Assert.Equal("reconnect_required", item.GetProperty("state").GetString());
        Assert.Equal(IntegrationView.MaskedSecret, item.GetProperty("details").GetProperty("page_access_token").GetString());
        await app.Reader.Received(1).ListAsync(
            Arg.Is<IntegrationQuery>(q => q.ClientId == TestApp.ClientId && q.ChatId == TestApp.ChatId && q.Type == IntegrationType.Facebook && q.After == TestApp.ChatId && q.Limit == 1),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task The_last_page_names_no_next_one()
    {
        await using var app = await TestApp.StartAsync();
        app.Reader.ListAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs([Views.One()]);
        Assert.Equal(JsonValueKind.Null, (await (await app.Ann.GetPageAsync(List)).JsonAsync()).GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Every_wrong_filter_is_told_with_its_path()
    {
        await using var app = await TestApp.StartAsync();
        var response = await app.Ann.GetPageAsync($"{List}?chat_id=7&type=Face&after=x&limit=501");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ["$.limit out_of_range", "$.chat_id not_a_guid", "$.type not_a_type", "$.after not_a_guid"],
            (await response.JsonAsync()).GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("path")} {e.GetProperty("code")}"));
    }

    [Fact]
    public async Task One_integration_shows_its_health_and_counts()
    {
        await using var app = await TestApp.StartAsync();
        app.Reader.FindAsync(new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId), Arg.Any<CancellationToken>()).Returns(Views.One());
        var body = await (await app.Ann.GetPageAsync(One)).JsonAsync();
        Assert.Equal("ReconnectRequired: The password changed. (190/460)", body.GetProperty("last_error").GetString());
        Assert.Equal(7, body.GetProperty("message_count").GetInt32());
        Assert.Equal(3, body.GetProperty("user_count").GetInt32());
    }

    [Fact]
    public async Task Another_clients_id_is_not_found()
    {
        await using var app = await TestApp.StartAsync();
        app.Reader.FindAsync(new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId), Arg.Any<CancellationToken>()).Returns(Views.One());
        var response = await app.Anonymous.GetPageAsync(One, (TestAuthentication.Header, $"{TestApp.ChatId};bob"));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("not_found", (await response.JsonAsync()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/integrations/api/catalog")]
    [InlineData(List)]
    [InlineData("/integrations/api/choices/0123456789abcdef")]
    public async Task Nobody_signed_in_reads_nothing(string path)
    {
        await using var app = await TestApp.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetPageAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_host_that_opens_the_group_still_has_to_say_who_is_asking()
    {
        await using var app = await TestApp.StartAsync(map: a => a.MapIntegrationsManagement().AllowAnonymous());
        var response = await app.Anonymous.GetPageAsync(List);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("unauthenticated", (await response.JsonAsync()).GetProperty("code").GetString());
    }
}
