using System.Text.Json;
using System.Text.Json.Nodes;
using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram;

/// <summary>The details document of an Instagram integration.</summary>
internal static class InstagramDetails
{
    public const string AccountId = "account_id";
    public const string AccountName = "account_name";
    public const string AccessToken = "access_token";

    /// <summary>The linked Page, where the account was connected through Facebook.</summary>
    public const string PageId = "page_id";

    /// <summary>Questions a contact can start with: <c>[{"question":…,"payload":…}]</c>.</summary>
    public const string IceBreakers = "ice_breakers";

    // A welcome of more than one message's bytes is split when it is sent.
    private const int MaxWelcomeLength = 1000;
    private const int MaxPayloadLength = 1000;

    public static DetailsValidationResult Validate(DetailsValidationContext context) =>
        DetailsDocument.Validate(context.Json, document =>
        {
            document.Id(AccountId, context.IsConnected);
            document.Name(AccountName, context.IsConnected);
            document.Token(AccessToken, context.IsConnected);
            document.Id(PageId, isRequired: false);
            document.Scopes(context.IsConnected);
            document.Welcome(MaxWelcomeLength);
            document.Flag(WellKnownDetails.AutoResponse, defaultValue: true);
            document.Email();
            CheckIceBreakers(document);
        });

    private static void CheckIceBreakers(DetailsDocument document)
    {
        var value = document.Find(IceBreakers);
        if (value is null)
            return;
        if (value is not JsonArray items)
        {
            document.Fail(IceBreakers, "not_a_list", "ice_breakers must be a list of objects with a question and a payload.");
            return;
        }
        if (items.Count > InstagramDefaults.MaxIceBreakers)
            document.Fail(IceBreakers, "too_many", "Instagram shows at most 4 ice breakers.");
        for (var i = 0; i < items.Count; i++)
            if (items[i] is not JsonObject item || item.Any(property => property.Key is not ("question" or "payload"))
                || !IsText(item["question"]) || !IsText(item["payload"]))
                document.Fail(IceBreakers, "not_an_ice_breaker", "An ice breaker has a question and a payload, both texts in quotes, and nothing else.", i);
    }

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String
        && node.GetValue<string>() is { Length: <= MaxPayloadLength } text && !string.IsNullOrWhiteSpace(text);
}
