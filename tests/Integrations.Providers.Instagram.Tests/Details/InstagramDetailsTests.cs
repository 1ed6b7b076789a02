using System.Text.Json.Nodes;
using CsCheck;

namespace Integrations.Providers.Instagram.Tests;

public sealed class InstagramDetailsTests
{
    private const string Seed = """
        {
          "account_id": "123456789012345",
          "account_name": "mybusiness",
          "access_token": "EAABc...",
          "scopes": [
            "instagram_basic",
            "instagram_manage_messages",
            // "instagram_manage_comments"
          ],
          "welcome_message": "Thanks for reaching out! How can I assist you?",
          "auto_response": true,
          "notification_email": "user@example.com"
        }
        """;

    [Fact]
    public void The_document_of_the_specification_is_valid_as_it_stands_and_keeps_every_property()
    {
        var result = Validate(Seed, isConnected: true);
        Assert.Empty(result.Errors);
        Assert.Equal(["instagram_basic", "instagram_manage_messages"], result.Details["scopes"]!.AsArray().Select(scope => scope!.ToString()));
        Assert.Equal(7, result.Details.Count);
        Assert.Equal("Thanks for reaching out! How can I assist you?", result.Details["welcome_message"]!.ToString());
    }

    [Theory]
    [InlineData("""{"account_id":123}""", "$.account_id", "not_a_text")]
    [InlineData("""{"account_id":"my business"}""", "$.account_id", "not_an_id")]
    [InlineData("""{"access_token":"a b"}""", "$.access_token", "not_a_token")]
    [InlineData("""{"account_name":" "}""", "$.account_name", "empty")]
    [InlineData("""{"page_id":"x"}""", "$.page_id", "not_an_id")]
    [InlineData("""{"scopes":["instagram_basic","instagram_basic"]}""", "$.scopes[1]", "duplicate")]
    [InlineData("""{"auto_response":"yes"}""", "$.auto_response", "not_a_boolean")]
    [InlineData("""{"notification_email":"user"}""", "$.notification_email", "not_an_email")]
    [InlineData("""{"ice_breakers":"hi"}""", "$.ice_breakers", "not_a_list")]
    [InlineData("""{"ice_breakers":[{"question":"a","payload":"b"},{"question":"a"}]}""", "$.ice_breakers[1]", "not_an_ice_breaker")]
    [InlineData("""{"ice_breakers":[{"question":" ","payload":"b"}]}""", "$.ice_breakers[0]", "not_an_ice_breaker")]
    [InlineData("""{"ice_breakers":[{"question":"a","payload":"b","more":1}]}""", "$.ice_breakers[0]", "not_an_ice_breaker")]
    [InlineData("""{"ice_breakers":[null]}""", "$.ice_breakers[0]", "not_an_ice_breaker")]
    public void A_wrong_property_is_named_with_its_place(string json, string path, string code)
    {
        var error = Assert.Single(Validate(json).Errors);
        Assert.Equal((path, code), (error.Path, error.Code));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Instagram_shows_four_ice_breakers(int count, bool isValid)
    {
        var json = $$"""{"ice_breakers":[{{string.Join(',', Enumerable.Repeat("""{"question":"Open today?","payload":"HOURS"}""", count))}}]}""";
        Assert.Equal(isValid, Validate(json).IsValid);
    }

    [Fact]
    public void Once_connected_the_account_and_its_token_are_needed() =>
        Assert.Equal(["$.account_id", "$.account_name", "$.access_token"], Validate("{}", isConnected: true).Errors.Select(error => error.Path));

    [Fact]
    public void A_valid_document_stays_the_same_when_it_is_checked_again() => Documents.Sample(
        (json, isConnected) =>
        {
            var first = Validate(json, isConnected);
            if (!first.IsValid)
                return first.Errors.All(error => error.Path.StartsWith('$') && error.Code.Length > 0 && error.Message.Length > 0);
            var second = Validate(first.Details.ToJsonString(), isConnected);
            return second.IsValid && JsonNode.DeepEquals(first.Details, second.Details);
        },
        iter: 10_000);

    [Fact]
    public void No_text_makes_it_throw() => Gen.String.Sample(json => Validate(json) is not null, iter: 5_000);

    private static readonly string[] Names =
        ["account_id", "account_name", "access_token", "page_id", "scopes", "welcome_message", "auto_response", "notification_email", "ice_breakers", "mine", ""];

    private static readonly string[] Values =
    [
        "null", "true", "0", "1e999", "\"\"", "\" \"", "\"123\"", "\"a@example.com\"", "\"EAAB\"", "[]", "[\"instagram_basic\"]", "[null]", "{}",
        "[{\"question\":\"a\",\"payload\":\"b\"}]", "[{\"question\":1,\"payload\":\"b\"}]", "[[]]", "{\"a\":1,\"a\":2}", "\"\\u0000\"", "\"\\ud800\"", "nonsense", "[",
    ];

    private static readonly Gen<(string, bool)> Documents = Gen.Select(
        Gen.Select(Gen.Int[0, Names.Length - 1], Gen.Int[0, Values.Length - 1]).Array[0, 8]
            .Select(pairs => "{" + string.Join(',', pairs.Select(pair => $"\"{Names[pair.Item1]}\":{Values[pair.Item2]}")) + "}"),
        Gen.Bool);

    private static DetailsValidationResult Validate(string json, bool isConnected = false) =>
        InstagramDetails.Validate(new DetailsValidationContext { Json = json, IsConnected = isConnected });
}
