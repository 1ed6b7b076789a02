using System.Net;
using System.Text.Json.Nodes;

namespace Integrations.Providers.Facebook.Tests;

public sealed class ActivationTests : IDisposable
{
    private const string AllFields = "messages,messaging_postbacks,messaging_referrals,messaging_optins,message_deliveries,message_reads,message_echoes,message_reactions,message_edits,messaging_handovers,standby,messaging_policy_enforcement";
    private const string None = """{"data":[]}""";
    private const string Done = """{"success":true}""";

    private readonly FacebookHarness _facebook = new();

    public void Dispose() => _facebook.Dispose();

    [Fact]
    public async Task Going_live_subscribes_to_every_field()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, None).Json(FacebookHarness.Subscribe, Done);
        var result = await ActivateAsync();
        Assert.True(result.Succeeded);
        Assert.Empty(result.Warnings);
        Assert.Equal(AllFields, _facebook.Http.Calls[1].Form["subscribed_fields"]);
        Assert.Equal("Bearer EAApagetoken", _facebook.Http.Calls[1].Authorization);
        _facebook.AssertNoSecretInAnyAddress();
    }

    [Fact]
    public async Task Going_live_again_changes_nothing()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App(AllFields + ",feed"));
        Assert.True((await ActivateAsync()).Succeeded);
        Assert.Equal([FacebookHarness.Subscribed], _facebook.Http.Order);
    }

    [Fact]
    public async Task Another_apps_subscription_is_not_ours()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App(AllFields, id: "555")).Json(FacebookHarness.Subscribe, Done);
        await ActivateAsync();
        Assert.Equal(2, _facebook.Http.Calls.Count);
    }

    [Fact]
    public async Task Fields_subscribed_by_other_means_are_kept()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App("messages,feed")).Json(FacebookHarness.Subscribe, Done);
        await ActivateAsync();
        Assert.Equal(AllFields + ",feed", _facebook.Http.Calls[1].Form["subscribed_fields"]);
    }

    [Fact]
    public async Task A_refused_list_is_cut_to_the_minimum_and_the_rest_is_named()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, None)
            .Json(FacebookHarness.Subscribe, """{"error":{"code":100}}""", HttpStatusCode.BadRequest)
            .Json(FacebookHarness.Subscribe, Done);
        var result = await ActivateAsync();
        Assert.True(result.Succeeded);
        Assert.Equal("messages,messaging_postbacks", _facebook.Http.Calls[2].Form["subscribed_fields"]);
        var warning = Assert.Single(result.Warnings);
        Assert.Contains("message_echoes", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("messaging_postbacks", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"code":200}}""", HttpStatusCode.Forbidden, ProviderErrorKind.InsufficientScope)]
    [InlineData("""{"error":{"code":190,"error_subcode":460}}""", HttpStatusCode.OK, ProviderErrorKind.ReconnectRequired)]
    [InlineData("""{"success":false}""", HttpStatusCode.OK, ProviderErrorKind.Unknown)]
    [InlineData("<html>", HttpStatusCode.OK, ProviderErrorKind.Transient)]
    public async Task A_refusal_of_another_kind_is_a_failure(string body, HttpStatusCode status, ProviderErrorKind kind)
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, None).Json(FacebookHarness.Subscribe, body, status);
        Assert.Equal(kind, (await ActivateAsync()).Error!.Kind);
        Assert.Equal(2, _facebook.Http.Calls.Count);
    }

    [Fact]
    public async Task The_welcome_message_becomes_the_greeting()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App(AllFields)).Json(FacebookHarness.Profile, """{"result":"success"}""");
        Assert.Empty((await ActivateAsync("""{"welcome_message":"Hi there!"}""")).Warnings);
        // https://developers.facebook.com/docs/messenger-platform/reference/messenger-profile-api
        var expected = JsonNode.Parse("""{"get_started":{"payload":"GET_STARTED"},"greeting":[{"locale":"default","text":"Hi there!"}]}""");
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(_facebook.Http.Calls[1].Body)));
        Assert.Equal("Bearer EAApagetoken", _facebook.Http.Calls[1].Authorization);
    }

    [Fact]
    public async Task A_refused_greeting_keeps_the_button_and_is_a_warning_only()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App(AllFields))
            .Json(FacebookHarness.Profile, """{"error":{"code":100}}""", HttpStatusCode.BadRequest)
            .Json(FacebookHarness.Profile, """{"result":"success"}""");
        var result = await ActivateAsync("""{"welcome_message":"Hi there!"}""");
        Assert.True(result.Succeeded);
        Assert.Single(result.Warnings);
        Assert.Equal("""{"get_started":{"payload":"GET_STARTED"}}""", _facebook.Http.Calls[2].Body);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"welcome_message":""}""")]
    [InlineData("""{"welcome_message":7}""")]
    public async Task Without_a_welcome_message_the_profile_is_left_alone(string details)
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App(AllFields));
        Assert.True((await ActivateAsync(details)).Succeeded);
        Assert.Single(_facebook.Http.Calls);
    }

    [Fact]
    public async Task Pausing_unsubscribes_and_twice_does_no_harm()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App("messages")).Json(FacebookHarness.Subscribed, None).Json(FacebookHarness.Unsubscribe, Done);
        Assert.True((await DeactivateAsync()).Succeeded);
        Assert.True((await DeactivateAsync()).Succeeded);
        Assert.Equal([FacebookHarness.Subscribed, FacebookHarness.Unsubscribe, FacebookHarness.Subscribed], _facebook.Http.Order);
    }

    [Fact]
    public async Task Instagrams_part_of_the_pages_subscription_stays()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App("messages,name")).Json(FacebookHarness.Subscribed, App("name")).Json(FacebookHarness.Subscribe, Done);
        Assert.True((await DeactivateAsync()).Succeeded);
        Assert.Equal([FacebookHarness.Subscribed, FacebookHarness.Subscribe, FacebookHarness.Subscribed], _facebook.Http.Order);
        Assert.Equal("name", _facebook.Http.Calls[1].Form["subscribed_fields"]);
        Assert.True((await DeactivateAsync()).Succeeded);
        Assert.Equal(4, _facebook.Http.Calls.Count); // nothing of Messenger's was left
    }

    [Fact]
    public async Task Where_a_post_adds_fields_the_subscription_is_made_anew()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App("messages,name")).Json(FacebookHarness.Subscribe, Done).Json(FacebookHarness.Unsubscribe, Done);
        Assert.True((await DeactivateAsync()).Succeeded);
        Assert.Equal(
            [FacebookHarness.Subscribed, FacebookHarness.Subscribe, FacebookHarness.Subscribed, FacebookHarness.Unsubscribe, FacebookHarness.Subscribe], _facebook.Http.Order);
    }

    [Fact]
    public async Task A_bare_true_is_a_yes()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App("messages")).Json(FacebookHarness.Unsubscribe, "true");
        Assert.True((await DeactivateAsync()).Succeeded);
    }

    [Fact]
    public async Task Revoking_takes_back_the_subscription_and_never_the_persons_permissions()
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, App("messages")).Json(FacebookHarness.Unsubscribe, Done);
        var result = await _facebook.Provider.RevokeAsync(FacebookHarness.Connection(), FacebookHarness.Ct);
        Assert.True(result.Succeeded);
        Assert.Single(result.Warnings);
        Assert.Equal([FacebookHarness.Subscribed, FacebookHarness.Unsubscribe], _facebook.Http.Order);
    }

    [Theory]
    [InlineData("""{"error":{"code":190,"error_subcode":458}}""", true)]
    [InlineData("""{"error":{"code":2}}""", false)]
    public async Task Revoking_a_grant_that_is_gone_succeeds(string body, bool succeeds)
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, body, HttpStatusCode.BadRequest);
        Assert.Equal(succeeds, (await _facebook.Provider.RevokeAsync(FacebookHarness.Connection(), FacebookHarness.Ct)).Succeeded);
    }

    private static string App(string fields, string id = FacebookHarness.AppId) =>
        "{\"data\":[{\"id\":\"" + id + "\",\"name\":\"App\",\"subscribed_fields\":[\"" + fields.Replace(",", "\",\"", StringComparison.Ordinal) + "\"]}]}";

    private Task<ProviderResult> ActivateAsync(string? details = null) => _facebook.Provider.ActivateAsync(FacebookHarness.Connection(details), FacebookHarness.Ct);

    private Task<ProviderResult> DeactivateAsync() => _facebook.Provider.DeactivateAsync(FacebookHarness.Connection(), FacebookHarness.Ct);
}
