using System.Text.Json.Nodes;

namespace Integrations.Providers.Facebook.Tests;

public sealed class FacebookDetailsTests
{
    // The project's specification, with its comment and as people write it.
    private const string Seed = """
        {
          "page_id": "123456789012345",
          "page_name": "My Business Page",
          "page_access_token": "EAABc...",
          "scopes": [
            "pages_messaging",
            // "pages_read_engagement",
            "pages_manage_metadata",
            "pages_show_list"
          ],
          "welcome_message": "Hi there! How can I help you today?",
          "auto_response": true,
          "notification_email": "user@example.com"
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_specifications_document_is_valid_as_it_stands(bool isConnected)
    {
        var result = Validate(Seed, isConnected);
        Assert.Empty(result.Errors);
        Assert.Equal(3, result.Details["scopes"]!.AsArray().Count);
        Assert.Equal("EAABc...", result.Details["page_access_token"]!.ToString());
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed_everywhere() =>
        Assert.Empty(Validate("""/* a */ { "scopes": ["pages_messaging", /* none */ ], "auto_response": false, } // end""").Errors);

    [Fact]
    public void Before_connecting_nothing_is_required_and_the_default_is_filled_in() =>
        Assert.Equal("""{"auto_response":true}""", Validate("{}").Details.ToJsonString());

    [Fact]
    public void Once_connected_there_is_a_list_of_scopes_for_the_runtime_to_fill() => Assert.Equal(
        "[]", Validate("""{"page_id":"1","page_name":"P","page_access_token":"EAAB"}""", isConnected: true).Details["scopes"]!.ToJsonString());

    [Fact]
    public void Once_connected_what_the_connection_fills_must_be_there() => Assert.Equal(
        ["$.page_id required", "$.page_name required", "$.page_access_token required"], Errors("{}", isConnected: true));

    [Theory]
    [InlineData("""{"page_id":"12a"}""", "$.page_id", "not_an_id")]
    [InlineData("""{"page_id":""}""", "$.page_id", "not_an_id")]
    [InlineData("""{"page_id":123456789012345}""", "$.page_id", "not_a_text")]
    [InlineData("""{"page_id":"123456789012345678901234567890123"}""", "$.page_id", "too_long")]
    [InlineData("""{"page_name":7}""", "$.page_name", "not_a_text")]
    [InlineData("""{"page_name":"  "}""", "$.page_name", "empty")]
    [InlineData("""{"page_access_token":""}""", "$.page_access_token", "not_a_token")]
    [InlineData("""{"page_access_token":"EAAB c"}""", "$.page_access_token", "not_a_token")]
    [InlineData("""{"page_access_token":["EAAB"]}""", "$.page_access_token", "not_a_text")]
    [InlineData("""{"scopes":"pages_messaging"}""", "$.scopes", "not_a_list")]
    [InlineData("""{"scopes":["pages_messaging",7]}""", "$.scopes[1]", "not_a_text")]
    [InlineData("""{"scopes":["pages_messaging",null]}""", "$.scopes[1]", "not_a_text")]
    [InlineData("""{"scopes":["Pages-Messaging"]}""", "$.scopes[0]", "not_a_scope")]
    [InlineData("""{"scopes":["a","b","a"]}""", "$.scopes[2]", "duplicate")]
    [InlineData("""{"welcome_message":7}""", "$.welcome_message", "not_a_text")]
    [InlineData("""{"auto_response":"yes"}""", "$.auto_response", "not_a_boolean")]
    [InlineData("""{"auto_response":1}""", "$.auto_response", "not_a_boolean")]
    [InlineData("""{"notification_email":"user"}""", "$.notification_email", "not_an_email")]
    [InlineData("""{"notification_email":"user@localhost"}""", "$.notification_email", "not_an_email")]
    [InlineData("""{"notification_email":"a b@example.com"}""", "$.notification_email", "not_an_email")]
    [InlineData("""{"notification_email":"a@b@example.com"}""", "$.notification_email", "not_an_email")]
    [InlineData("""{"notification_email":"a@-example.com"}""", "$.notification_email", "not_an_email")]
    [InlineData("""{"notification_email":"Me <me@example.com>"}""", "$.notification_email", "not_an_email")]
    [InlineData("""{"notification_email":"a@example.com\nBcc: b@example.com"}""", "$.notification_email", "not_an_email")]
    [InlineData("""{"page_id":"1","x":1,"page_id":"2"}""", "$.page_id", "duplicate_property")]
    [InlineData("""{"x":{"y":[{"z":1,"z":2}]}}""", "$.x.y[0].z", "duplicate_property")]
    [InlineData("""{"page_name":"a\u0000b"}""", "$.page_name", "not_storable")]
    [InlineData("""{"mine":"\ud83d"}""", "$.mine", "not_storable")]
    [InlineData("""{"a b":{"\ud83d":1}}""", "$['a b']", "not_storable")]
    [InlineData("""[]""", "$", "not_an_object")]
    [InlineData("""null""", "$", "not_an_object")]
    [InlineData("""{""", "$", "not_json")]
    [InlineData("", "$", "not_json")]
    public void Each_wrong_value_is_named_with_its_path(string json, string path, string code) => Assert.Equal([$"{path} {code}"], Errors(json));

    [Fact]
    public void All_errors_come_at_once_in_document_order() => Assert.Equal(
        ["$.notification_email not_an_email", "$.scopes[0] not_a_scope", "$.page_id not_an_id", "$.page_name required", "$.page_access_token required"],
        Errors("""{"notification_email":"x","scopes":["X"],"page_id":"x"}""", isConnected: true));

    [Theory]
    [InlineData(1990, true)]
    [InlineData(1991, false)]
    public void A_welcome_message_fits_one_message(int length, bool isValid) =>
        Assert.Equal(isValid, Validate($$"""{"welcome_message":"{{new string('w', length)}}"}""").IsValid);

    [Fact]
    public void No_error_repeats_a_token()
    {
        var result = Validate("""{"page_access_token":"EAABsecret secret"}""");
        Assert.All(result.Errors, error => Assert.DoesNotContain("EAAB", error.Message + error.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_properties_survive() => Assert.True(JsonNode.DeepEquals(
        JsonNode.Parse("""{"mine":{"a":[1,1.50,null,"é"]},"auto_response":false,"Page_Id":7}"""),
        Validate("""{"mine":{"a":[1,1.50,null,"é"]},"auto_response":false,"Page_Id":7}""").Details));

    [Theory]
    [InlineData("""{"notification_email":null,"welcome_message":null,"auto_response":null,"scopes":null,"page_id":null}""", """{"auto_response":true}""")]
    [InlineData("""{"notification_email":" "}""", """{"auto_response":true}""")]
    public void Null_and_blank_mean_not_set(string json, string expected) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), Validate(json).Details));

    [Fact]
    public void A_huge_document_is_refused() => Assert.Equal(["$ too_long"], Errors("{\"x\":\"" + new string('x', 70_000) + "\"}"));

    private static IEnumerable<string> Errors(string json, bool isConnected = false) =>
        Validate(json, isConnected).Errors.Select(error => $"{error.Path} {error.Code}");

    private static DetailsValidationResult Validate(string json, bool isConnected = false) =>
        FacebookDetails.Validate(new DetailsValidationContext { Json = json, IsConnected = isConnected });
}
