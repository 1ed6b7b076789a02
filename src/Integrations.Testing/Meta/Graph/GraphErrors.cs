using System.Globalization;

namespace Integrations.Testing;

/// <summary>
/// The error answers, by code and subcode as collected in the project's platform facts. A text that starts with "Simulator:" is a rule
/// that Meta does not enforce; the simulator does, so that a client's mistake shows at once.
/// </summary>
internal static class GraphErrors
{
    public static readonly GraphError CodeUsed = Code("This authorization code has been used.", 36009);
    public static readonly GraphError CodeExpired = Code("This authorization code has expired.", 36007);
    public static readonly GraphError CodeInvalid = Code("Invalid verification code format.", null);
    public static readonly GraphError CodeVerifierMismatch = Code("Invalid code_verifier parameter.", null);
    public static readonly GraphError CodeRedirectMismatch = Code(
        "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request", 36008);

    public static readonly GraphError BadApp = new(101, "Error validating application. Invalid application ID.");
    public static readonly GraphError BadSecret = new(1, "Error validating client secret.");
    public static readonly GraphError BadProof = new(100, "Invalid appsecret_proof provided in the API argument") { Type = "GraphMethodException" };
    public static readonly GraphError ProofRequired = new(100, "API calls from the server require an appsecret_proof argument") { Type = "GraphMethodException" };
    public static readonly GraphError TokenTwice = Strict("the access token came both in the Authorization header and as a parameter.");
    public static readonly GraphError NoToken = new(2500, "An active access token must be used to query information about the current user.");
    public static readonly GraphError Malformed = Token("Invalid OAuth access token - Cannot parse access token", null);
    public static readonly GraphError PasswordChanged = Token(
        "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.", 460);
    public static readonly GraphError RoleLost = Token("Error validating access token: The user no longer has a role on the Page.", 492);
    public static readonly GraphError PageTokenNeeded = new(210, "(#210) A page access token is required to request this resource.", Status: 403);
    public static readonly GraphError UserTokenNeeded = new(102, "(#102) A user access token is required to request this resource.");
    public static readonly GraphError AppTokenNeeded = new(100, "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app");
    public static readonly GraphError NoSuchRecipient = new(100, "(#100) No matching user found", 2018001);
    public static readonly GraphError WindowClosed = new(10,
        "(#10) This message is sent outside of allowed window. Learn more about the new policy here: https://developers.facebook.com/docs/messenger-platform/policy-overview", 2018278, 403);
    public static readonly GraphError NoSuchInstagramRecipient = new(100, "(#100) The requested user cannot be found.", 2534014);
    public static readonly GraphError InstagramWindowClosed = new(10, "(#10) This message is sent outside of allowed window.", 2534022, 403);
    public static readonly GraphError PersonUnavailable = new(551, "(#551) This person isn't available right now.", 1545041);
    public static readonly GraphError NoProfileConsent = new(230, "(#230) User consent is required to access user profile", Status: 403);
    public static readonly GraphError TagRetired = new(100, "(#100) The message tag is no longer supported.");
    public static readonly GraphError NoHumanAgent = new(10, "(#10) The app does not have the Human Agent feature.", Status: 403);
    public static readonly GraphError AppThrottled = new(4, "(#4) Application request limit reached", Status: 403);
    public static readonly GraphError PolicyBlocked = new(368, "(#368) The action attempted has been deemed abusive or is otherwise disallowed");
    public static readonly GraphError Down = new(2, "An unexpected error has occurred. Please retry your request later.", Status: 500) { IsTransient = true };

    public static GraphError PageThrottled(bool messaging) => messaging
        ? new(80006, "(#80006) There have been too many calls to this messenger account. Wait a bit and try again.")
        : new(80001, "(#80001) There have been too many calls to this Page account. Wait a bit and try again.");

    public static GraphError AppRemoved(string appId) => Token($"Error validating access token: The user has not authorized application {appId}.", 458);

    public static GraphError SessionExpired(DateTimeOffset at, DateTimeOffset now) => Token(string.Create(CultureInfo.InvariantCulture,
        $"Error validating access token: Session has expired on {at:R}. The current time is {now:R}."), 463);

    public static GraphError Permission(string scope) => new(200, $"(#200) Requires {scope} permission to manage the object", Status: 403);

    public static GraphError NoTask(string tasks) => new(200, $"(#200) The user must be an administrator, editor or moderator of the Page ({tasks}).", Status: 403);

    public static GraphError Invalid(string message) => new(100, $"(#100) {message}");

    public static GraphError Strict(string rule) => new(100, $"(#100) Simulator: {rule}");

    public static GraphError FieldSyntax(string fields, int at) => new(2500, string.Create(CultureInfo.InvariantCulture, $"Syntax error at character {at}: {fields}"));

    public static GraphError NoSubfields(string field) => new(2500, $"Subfields are not supported by {field}");

    public static GraphError UnknownPath(string path) => new(2500, $"Unknown path components: /{path}");

    public static GraphError Unsupported(string method, string id) => new(100,
        $"Unsupported {method.ToLowerInvariant()} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation", 33)
    { Type = "GraphMethodException" };

    public static GraphError CallbackVerification(string cause) => new(2200,
        $"(#2200) Callback verification failed with the following errors: {cause}");

    private static GraphError Token(string message, int? subcode) => new(190, message, subcode) { Challenge = "invalid_token" };

    private static GraphError Code(string message, int? subcode) => new(100, message, subcode) { Challenge = "invalid_code" };
}
