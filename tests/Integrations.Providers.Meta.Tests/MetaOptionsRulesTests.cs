namespace Integrations.Providers.Meta.Tests;

public sealed class MetaOptionsRulesTests
{
    private readonly GraphHarness.TestMetaOptions _options = new() { AppId = "900100", AppSecret = "s", VerifyToken = "v" };

    [Fact]
    public void The_three_required_settings_are_enough() => Assert.Empty(Check());

    [Fact]
    public void Each_missing_setting_is_named()
    {
        var failures = MetaOptionsRules.Check(new GraphHarness.TestMetaOptions(), "Integrations:Facebook").ToList();
        Assert.Equal(3, failures.Count);
        Assert.StartsWith("Integrations:Facebook:AppId ", failures[0], StringComparison.Ordinal);
        Assert.StartsWith("Integrations:Facebook:AppSecret ", failures[1], StringComparison.Ordinal);
        Assert.StartsWith("Integrations:Facebook:VerifyToken ", failures[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://graph.facebook.com", true)]
    [InlineData("https://graph.facebook.com/", true)]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("http://localhost:5000/graph", true)]
    [InlineData("http://graph.facebook.com", false)]
    [InlineData("ftp://graph.facebook.com", false)]
    [InlineData("https://graph.facebook.com?x=1", false)]
    [InlineData("https://user:pass@graph.facebook.com", false)]
    [InlineData("/relative", false)]
    public void Base_addresses_are_https_or_loopback(string address, bool isValid)
    {
        _options.GraphBaseUri = new Uri(address, UriKind.RelativeOrAbsolute);
        Assert.Equal(isValid, Check().Count == 0);
    }

    [Theory]
    [InlineData("v26.0", true)]
    [InlineData("v9.10", true)]
    [InlineData("26.0", false)]
    [InlineData("v26", false)]
    [InlineData("v26.0/me", false)]
    [InlineData("", false)]
    public void The_version_has_its_form(string version, bool isValid)
    {
        _options.GraphVersion = version;
        Assert.Equal(isValid, Check().Count == 0);
    }

    [Fact]
    public void Limits_make_sense()
    {
        _options.RequestTimeout = TimeSpan.FromSeconds(3);
        Assert.Contains("ConnectTimeout", Assert.Single(Check()), StringComparison.Ordinal);
        _options.AppSecrets = [""];
        _options.ConnectTimeout = TimeSpan.FromSeconds(1);
        Assert.Contains("AppSecrets", Assert.Single(Check()), StringComparison.Ordinal);
    }

    private List<string> Check() => [.. MetaOptionsRules.Check(_options, "Integrations:Facebook")];
}
