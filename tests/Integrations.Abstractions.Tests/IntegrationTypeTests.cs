using System.Text.Json;
using CsCheck;

namespace Integrations.Tests;

public sealed class IntegrationTypeTests
{
    [Theory]
    [InlineData("chat-widget"), InlineData("facebook"), InlineData("x"), InlineData("acme-crm-2")]
    public void Kebab_case_names_are_types(string name) => Assert.Equal(name, IntegrationType.Parse(name).Value);

    [Theory]
    [InlineData(""), InlineData("-x"), InlineData("x-"), InlineData("a--b"), InlineData("Facebook"), InlineData("a b"), InlineData("é"), InlineData("a/b"), InlineData("a.b")]
    public void Other_texts_are_refused_with_the_rule(string name)
    {
        Assert.False(IntegrationType.TryParse(name, out _));
        Assert.Contains("lower-case", Assert.Throws<FormatException>(() => IntegrationType.Parse(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_may_have_64_characters_and_not_65()
    {
        Assert.True(IntegrationType.TryParse(new string('a', 64), out _));
        Assert.False(IntegrationType.TryParse(new string('a', 65), out _));
    }

    [Fact]
    public void Any_text_either_parses_to_itself_or_is_refused() => Gen.String.Sample(text =>
        !IntegrationType.TryParse(text, out var type) || (type.Value == text && type == IntegrationType.Parse(text) && type.GetHashCode() == IntegrationType.Parse(text).GetHashCode()));

    [Fact]
    public void It_is_a_json_string_and_a_json_key()
    {
        var map = new Dictionary<IntegrationType, IntegrationType> { [IntegrationType.X] = IntegrationType.ChatWidget };
        var json = JsonSerializer.Serialize(map);
        Assert.Equal("""{"x":"chat-widget"}""", json);
        Assert.Equal(map, JsonSerializer.Deserialize<Dictionary<IntegrationType, IntegrationType>>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<IntegrationType>("\"No Type\""));
    }

    [Fact]
    public void The_nine_well_known_types_are_those_of_the_specification() => Assert.Equal(
        ["chat-widget", "facebook", "instagram", "x", "telegram", "linkedin", "email", "sms", "team"],
        [
            IntegrationType.ChatWidget.Value, IntegrationType.Facebook.Value, IntegrationType.Instagram.Value, IntegrationType.X.Value, IntegrationType.Telegram.Value,
            IntegrationType.LinkedIn.Value, IntegrationType.Email.Value, IntegrationType.Sms.Value, IntegrationType.Team.Value,
        ]);
}
