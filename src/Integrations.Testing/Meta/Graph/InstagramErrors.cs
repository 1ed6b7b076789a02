using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Refusals of the Instagram login. The code exchange has a shape of its own: no <c>error</c> object.</summary>
internal static class InstagramErrors
{
    public static readonly GraphError CodeGone = new(400, "Matching code was not found or was already used");
    public static readonly GraphError RedirectMismatch = new(400, "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request");
    public static readonly GraphError BadApp = new(400, "Invalid platform app");
    public static readonly GraphError BadSecret = new(400, "Error validating client secret.");
    public static readonly GraphError FormOnly = new(400, "Simulator: the code exchange takes form fields in the body, and nothing in the query.");
    public static readonly GraphError NotShortLived = new(452, "Session key invalid. This could be because the session key has an incorrect format, or because the user has revoked this session");
    public static readonly GraphError NotLongLived = GraphErrors.Invalid("Only a long-lived token can be refreshed: exchange it with ig_exchange_token first.");
    public static readonly GraphError TooYoung = GraphErrors.Invalid("The token must be at least 24 hours old to be refreshed.");

    public static JsonObject ToJson(GraphError error) => new()
    {
        ["error_type"] = "OAuthException",
        ["code"] = error.Status,
        ["error_message"] = error.Message,
    };
}
