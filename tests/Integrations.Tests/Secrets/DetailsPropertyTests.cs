using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.AspNetCore.DataProtection;

namespace Integrations.Tests.Secrets;

/// <summary>Whatever JSON a host puts into details, it comes back as it was, and secrets stay what they are.</summary>
public sealed class DetailsPropertyTests
{
    private static readonly string[] Names = ["page_access_token", "api_key"];
    private static readonly Gen<string> Numbers = OneOf("0", "1", "-1.50", "1e5", "123456789012345678901234567890", "0.1000", "-7");
    private static readonly Gen<string> Texts = Gen.String[Gen.Char.Where(c => c != 0 && !char.IsSurrogate(c)), 0, 12];

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) =>
    {
        var leaf = Gen.OneOf(Numbers, Texts.Select(Quote), OneOf("true", "false"), OneOf("\"\ud83d\ude00\"", "\"********\""));
        return depth > 3
            ? leaf
            : Gen.OneOf(
                leaf,
                inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"),
                Gen.Select(Texts, inner).Array[0, 3].Select(Object));
    });

    private static readonly Gen<JsonObject> Documents = Gen.Select(
        Gen.Select(Texts.Select(t => "x" + t), Json).Array[0, 6], Texts, Texts, (unknown, token, apiKey) =>
        {
            var document = JsonNode.Parse(Object(unknown))!.AsObject();
            document["page_access_token"] = token;
            document["api_key"] = apiKey;
            return document;
        });

    private readonly DetailsSealer _sealer = new(new DataProtectionSecretProtector(new EphemeralDataProtectionProvider()));
    private readonly IntegrationKey _key = new(Guid.CreateVersion7(), Guid.CreateVersion7());

    [Fact]
    public void Document_survives_sealing_and_opening_and_its_text_is_kept() => Documents.Sample(document =>
    {
        var stored = _sealer.Seal(document, Names, _key);
        Assert.True(_sealer.TryOpen(stored, Names, _key, out var opened));
        Assert.Equal(document.ToJsonString(), opened.ToJsonString());
    }, iter: 300);

    [Fact]
    public void Masked_form_that_comes_back_changes_nothing() => Documents.Sample(document =>
    {
        var stored = _sealer.Seal(document, Names, _key);
        var form = DetailsJson.ReadSent(_sealer.Mask(stored, Names, _key).ToJsonString(), out _)!;
        _sealer.TryOpen(stored, Names, _key, out var present);
        Assert.Equal(document.ToJsonString(), DetailsJson.Merge(present, form, Names).ToJsonString());
    }, iter: 300);

    [Fact]
    public void Mask_and_strip_touch_secrets_only() => Documents.Sample(document =>
    {
        var stored = _sealer.Seal(document, Names, _key);
        var (masked, stripped) = (_sealer.Mask(stored, Names, _key), JsonNode.Parse(_sealer.Strip(stored, Names, _key))!.AsObject());
        foreach (var (name, value) in document.Where(p => !Names.Contains(p.Key)))
        {
            Assert.Equal(value?.ToJsonString(), masked[name]?.ToJsonString());
            Assert.Equal(value?.ToJsonString(), stripped[name]?.ToJsonString());
        }

        Assert.DoesNotContain(stripped, p => Names.Contains(p.Key));
        Assert.All(Names, name => Assert.True(masked[name]!.GetValue<string>() is IntegrationView.MaskedSecret or ""));
    }, iter: 300);

    private static string Object((string Name, string Value)[] properties) =>
        $"{{{string.Join(',', properties.DistinctBy(p => p.Name).Select(p => $"{Quote(p.Name)}:{p.Value}"))}}}";

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Quote(string text) => JsonValue.Create(text).ToJsonString();
}
