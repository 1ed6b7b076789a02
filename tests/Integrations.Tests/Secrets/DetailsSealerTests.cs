using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;

namespace Integrations.Tests.Secrets;

public sealed class DetailsSealerTests
{
    private static readonly string[] Names = ["page_access_token", "api_key"];
    private readonly IntegrationKey _key = new(Guid.CreateVersion7(), Guid.CreateVersion7());
    private readonly DetailsSealer _sealer = new(new DataProtectionSecretProtector(new EphemeralDataProtectionProvider()));

    [Fact]
    public void Sealed_document_opens_to_what_it_was_and_shows_no_secret()
    {
        var details = JsonNode.Parse("""{"page_access_token":"CANARY","api_key":"","unknown":{"n":1.10,"deep":[true,null,"ü\u0000"]},"page_id":"1"}""")!.AsObject();

        var stored = _sealer.Seal(details, Names, _key);

        Assert.DoesNotContain("CANARY", stored, StringComparison.Ordinal);
        Assert.True(_sealer.TryOpen(stored, Names, _key, out var opened));
        Assert.True(JsonNode.DeepEquals(details, opened));
        Assert.Contains("1.10", stored, StringComparison.Ordinal);
    }

    [Fact]
    public void Sealed_document_of_another_integration_client_or_property_does_not_open_and_keeps_its_other_properties()
    {
        var stored = _sealer.Seal(new JsonObject { ["page_access_token"] = "CANARY", ["page_id"] = "1" }, Names, _key);

        Assert.False(_sealer.TryOpen(stored, Names, new IntegrationKey(_key.ClientId, Guid.CreateVersion7()), out var other));
        Assert.False(_sealer.TryOpen(stored, Names, new IntegrationKey(Guid.CreateVersion7(), _key.IntegrationId), out _));
        Assert.False(_sealer.TryOpen(stored.Replace("page_access_token", "api_key", StringComparison.Ordinal), Names, _key, out _));
        Assert.False(_sealer.TryOpen("""{"page_access_token":"plain text of another hand"}""", Names, _key, out _));
        Assert.Equal("""{"page_id":"1"}""", other.ToJsonString());
    }

    [Fact]
    public void Mask_hides_secrets_that_have_a_value_and_strip_removes_them()
    {
        var stored = _sealer.Seal(new JsonObject { ["page_access_token"] = "CANARY", ["api_key"] = "", ["page_id"] = "1" }, Names, _key);

        Assert.Equal("""{"page_access_token":"********","api_key":"","page_id":"1"}""", _sealer.Mask(stored, Names, _key).ToJsonString());
        Assert.Equal("""{"page_id":"1"}""", _sealer.Strip(stored, Names, _key));
    }

    [Fact]
    public void Secrets_of_a_provider_that_is_gone_are_found_by_opening_them()
    {
        var stored = _sealer.Seal(new JsonObject { ["page_access_token"] = "CANARY", ["page_id"] = "1" }, Names, _key);

        Assert.Equal("""{"page_access_token":"********","page_id":"1"}""", _sealer.Mask(stored, null, _key).ToJsonString());
        Assert.Equal("""{"page_id":"1"}""", _sealer.Strip(stored, null, _key));
    }

    [Theory]
    [InlineData("""{"a":1,"keep":2}""", """{"a":3}""", """{"a":3,"keep":2}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", "{}")]
    [InlineData("""{"api_key":"k"}""", """{"api_key":"********"}""", """{"api_key":"k"}""")]
    [InlineData("{}", """{"api_key":"********"}""", "{}")]
    [InlineData("""{"api_key":"k"}""", """{"api_key":"new"}""", """{"api_key":"new"}""")]
    [InlineData("""{"title":"x"}""", """{"title":"********"}""", """{"title":"********"}""")]
    public void Merge_lays_a_form_over_what_is_there(string below, string above, string expected) => Assert.True(JsonNode.DeepEquals(
        JsonNode.Parse(expected), DetailsJson.Merge(JsonNode.Parse(below)!.AsObject(), JsonNode.Parse(above)!.AsObject(), Names)));

    [Theory]
    [InlineData("[]", "not_an_object")]
    [InlineData("null", "not_an_object")]
    [InlineData("", "not_json")]
    [InlineData("{", "not_json")]
    [InlineData("""{"a":1,"a":2}""", "not_json")]
    [InlineData("""{"a":[{"b":"\u0000"}]}""", "unstorable_text")]
    [InlineData("""{"a\u0000":1}""", "unstorable_text")]
    [InlineData("""{"a":"\ud800"}""", "unstorable_text")]
    public void Text_that_is_no_document_is_told_by_code_without_quoting_it(string text, string code)
    {
        Assert.Null(DetailsJson.ReadSent(text, out var error));
        Assert.Equal((code, "$"), (error!.Code, error.Path));
    }

    [Fact]
    public void Overlong_document_is_refused_before_it_is_read() =>
        Assert.Equal("too_long", Read(new string(' ', DetailsJson.MaxLength) + "{}")!.Code);

    [Fact]
    public void Comments_and_trailing_commas_are_taken() => Assert.Null(Read("""
        {
          "scopes": [
            "pages_messaging",
            // "pages_read_engagement",
            "pages_show_list",
          ],
        }
        """));

    private static DetailsError? Read(string text)
    {
        DetailsJson.ReadSent(text, out var error);
        return error;
    }
}
