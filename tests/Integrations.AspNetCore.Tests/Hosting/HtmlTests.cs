namespace Integrations.AspNetCore.Tests;

public sealed class HtmlTests
{
    [Fact]
    public void Everything_put_in_is_encoded_and_only_markup_put_into_markup_is_not()
    {
        var hostile = "\"><script>'&";
        Html inner = $"<b>{hostile}</b>";
        Html outer = $"<p title=\"{hostile}\">{inner}{new[] { inner }}{(string?)null}</p>";
        const string Encoded = "&quot;&gt;&lt;script&gt;&#x27;&amp;";
        Assert.Equal($"<p title=\"{Encoded}\"><b>{Encoded}</b><b>{Encoded}</b></p>", outer.ToString());
    }
}
