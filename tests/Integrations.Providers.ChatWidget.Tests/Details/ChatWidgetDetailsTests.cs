using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class ChatWidgetDetailsTests
{
    private const string Seed = """
        {
          "widget_position": "bottom-right",
          "widget_color": "#6366F1",
          "widget_title": "Chat with us",
          "widget_subtitle": "We usually respond in a few minutes",
          "widget_icon": "default",
          "custom_css": "",
          "auto_open": false,
          "auto_open_delay": 5000,
          "show_branding": true
        }
        """;

    [Fact]
    public void The_specifications_document_is_valid_and_is_what_an_empty_one_becomes()
    {
        Assert.Empty(Validate(Seed).Errors);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Seed), Validate("{}").Details));
    }

    [Theory]
    [InlineData("""{"widget_position":"middle"}""", "$.widget_position", "not_a_position")]
    [InlineData("""{"widget_color":"red"}""", "$.widget_color", "not_a_color")]
    [InlineData("""{"widget_color":"#12345g"}""", "$.widget_color", "not_a_color")]
    [InlineData("""{"widget_color":"#123456;x:url(a)"}""", "$.widget_color", "not_a_color")]
    [InlineData("""{"widget_title":7}""", "$.widget_title", "not_a_text")]
    [InlineData("""{"widget_icon":"http://x.example/i.png"}""", "$.widget_icon", "not_an_icon")]
    [InlineData("""{"widget_icon":"javascript:alert(1)"}""", "$.widget_icon", "not_an_icon")]
    [InlineData("""{"auto_open":"false"}""", "$.auto_open", "not_a_boolean")]
    [InlineData("""{"auto_open_delay":-1}""", "$.auto_open_delay", "not_a_delay")]
    [InlineData("""{"auto_open_delay":1.5}""", "$.auto_open_delay", "not_a_delay")]
    [InlineData("""{"auto_open_delay":"5000"}""", "$.auto_open_delay", "not_a_delay")]
    [InlineData("""{"auto_open_delay":99999999999}""", "$.auto_open_delay", "not_a_delay")]
    [InlineData("""{"show_branding":0}""", "$.show_branding", "not_a_boolean")]
    public void Each_wrong_value_is_named_with_its_path(string json, string path, string code)
    {
        var error = Assert.Single(Validate(json).Errors);
        Assert.Equal((path, code), (error.Path, error.Code));
    }

    [Theory]
    [InlineData(".a{color:red}", true)]
    [InlineData("@media (max-width: 600px){.a{color:red}}", true)]
    [InlineData("@supports (display: grid){.a{display:grid}}", true)]
    [InlineData(".a{background-position:0 0;transform:translate(1px)}", true)]
    [InlineData(".a{background:url(https://evil.example)}", false)]
    [InlineData(".a{background:URL(x)}", false)]
    [InlineData(".a{--u:\\75rl(x)}", false)]
    [InlineData(".a{background:-webkit-image-set('x' 1x)}", false)]
    [InlineData("@import 'x'", false)]
    [InlineData("@IMPORT 'x'", false)]
    [InlineData("@font-face{}", false)]
    [InlineData("@mediax{}", false)]
    [InlineData(":host{color:red}", false)]
    [InlineData(":HOST-context(body){color:red}", false)]
    [InlineData(".a{position:fixed}", false)]
    [InlineData(".a{color:red;position :fixed}", false)]
    [InlineData(".a{/**/position/* x */:fixed}", false)]
    [InlineData(".a{Z-INDEX:9}", false)]
    [InlineData("</style><script>", false)]
    [InlineData(".a{content:attr(data-x)}", false)]
    public void Style_that_loads_escapes_or_covers_is_refused(string css, bool isValid) =>
        Assert.Equal(isValid, Validate(new JsonObject { ["custom_css"] = css }.ToJsonString()).IsValid);

    [Fact]
    public void Style_has_a_limit() =>
        Assert.Equal("too_long", Assert.Single(Validate(new JsonObject { ["custom_css"] = new string(' ', 20_481) }.ToJsonString()).Errors).Code);

    private static DetailsValidationResult Validate(string json) => ChatWidgetDetails.Validate(new DetailsValidationContext { Json = json });
}
