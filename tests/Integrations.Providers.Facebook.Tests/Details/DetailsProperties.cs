using System.Text.Json.Nodes;
using CsCheck;
using Integrations.Providers.ChatWidget;
using Integrations.Providers.Instagram;

namespace Integrations.Providers.Facebook.Tests;

/// <summary>What holds for every document, on all three platforms.</summary>
public sealed class DetailsProperties
{
    private static readonly string[] Names =
    [
        "page_id", "page_name", "page_access_token", "account_id", "access_token", "scopes", "welcome_message", "auto_response", "notification_email",
        "widget_position", "widget_color", "widget_title", "widget_icon", "custom_css", "auto_open", "auto_open_delay", "show_branding", "mine", "",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "5000", "-1", "1.5", "1e999", "\"\"", "\" \"", "\"123\"", "\"#6366f1\"", "\"default\"", "\"https://x.example/i.png\"", "\"bottom-left\"",
        "\"a@example.com\"", "\"EAAB\"", "[]", "[\"pages_messaging\"]", "[\"a\",\"a\"]", "[null]", "{}", "{\"a\":1}", "{\"a\":1,\"a\":2}", "\"\\u0000\"", "\"\\ud800\"",
        "\".a{color:red}\"", "\"@import 'x'\"", "nonsense", "[",
    ];

    private static readonly Gen<string> Documents = Gen.Select(Gen.Int[0, Names.Length - 1], Gen.Int[0, Values.Length - 1]).Array[0, 8]
        .Select(pairs => "{" + string.Join(',', pairs.Select(pair => $"\"{Names[pair.Item1]}\":{Values[pair.Item2]}")) + "}");

    private static readonly Func<DetailsValidationContext, DetailsValidationResult>[] Validators =
        [FacebookDetails.Validate, InstagramDetails.Validate, ChatWidgetDetails.Validate];

    [Fact]
    public void A_valid_document_stays_the_same_when_it_is_checked_again() => Gen.Select(Documents, Gen.Int[0, 2], Gen.Bool).Sample(
        (json, which, isConnected) =>
        {
            var first = Validators[which](new DetailsValidationContext { Json = json, IsConnected = isConnected });
            if (!first.IsValid)
                return first.Errors.All(error => error.Path.StartsWith('$') && error.Code.Length > 0 && error.Message.Length > 0);
            var second = Validators[which](new DetailsValidationContext { Json = first.Details.ToJsonString(), IsConnected = isConnected });
            return second.IsValid && JsonNode.DeepEquals(first.Details, second.Details);
        },
        iter: 10_000);

    [Fact]
    public void No_text_makes_it_throw() => Gen.Select(Gen.String, Gen.Int[0, 2]).Sample(
        (json, which) => Validators[which](new DetailsValidationContext { Json = json }) is not null, iter: 5_000);
}
