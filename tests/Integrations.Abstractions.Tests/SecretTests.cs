using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Integrations.Tests;

public sealed class SecretTests
{
    private const string Canary = "canary-token-4711";

    [Fact]
    public void Printing_shows_the_mask()
    {
        var secret = new Secret(Canary);
        Assert.Equal("[secret]", secret.ToString());
        Assert.Equal("[secret]", $"{secret}");
        Assert.Equal("[secret]", string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}", secret));
        Assert.Equal("[secret]", typeof(Secret).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
    }

    [Fact]
    public void Only_reveal_gives_the_text() => Assert.Equal(Canary, new Secret(Canary).Reveal());

    [Fact]
    public void There_is_no_conversion_to_text() =>
        Assert.DoesNotContain(typeof(Secret).GetMethods(BindingFlags.Public | BindingFlags.Static), m => m.Name is "op_Implicit" or "op_Explicit");

    [Fact]
    public void Serialising_one_by_accident_throws()
    {
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new TokenSet { AccessToken = new Secret(Canary) }));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<Secret>("\"text\""));
    }

    [Fact]
    public void Null_empty_and_default_are_the_empty_secret()
    {
        Assert.True(default(Secret).IsEmpty);
        Assert.Equal(default, new Secret(null));
        Assert.Equal(new Secret(""), new Secret(null));
        Assert.Equal(string.Empty, default(Secret).ToString());
    }

    [Fact]
    public void Equal_texts_are_equal_secrets()
    {
        Assert.True(new Secret("a") == new Secret("a"));
        Assert.True(new Secret("a") != new Secret("b"));
        Assert.False(new Secret("a").Equals(new Secret("ab")));
    }
}
