using CsCheck;

namespace Integrations.Tests.Connect;

public sealed class LocalPathTests
{
    private static readonly Uri Host = new("https://host.example/integrations/facebook/callback");

    [Fact]
    public void Path_that_is_taken_never_leads_to_another_host() =>
        Gen.OneOf(Gen.Char[" /\\:.@?#%\t\r\nae"].Array[0, 12].Select(c => new string(c)), Gen.String)
            .Select(s => "/" + s)
            .Where(LocalPath.IsLocal)
            .Sample(path => new Uri(Host, path) is { Host: "host.example", Scheme: "https", UserInfo: "" });

    [Theory]
    [InlineData("/")]
    [InlineData("/a/b?c=d&e=//f#g")]
    public void Ordinary_paths_are_taken(string path) => Assert.True(LocalPath.IsLocal(path));

    [Fact]
    public void Overlong_path_is_refused() => Assert.False(LocalPath.IsLocal("/" + new string('a', 2048)));
}
