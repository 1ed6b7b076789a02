using static Integrations.ProviderErrorKind;

namespace Integrations.Providers.Meta;

/// <summary>What each Graph error code means here. A subcode of 0 stands for every subcode without a row of its own, a code of 0 for every code.</summary>
/// <remarks>
/// Sources: https://developers.facebook.com/docs/graph-api/guides/error-handling,
/// https://developers.facebook.com/docs/messenger-platform/reference/send-api/error-codes,
/// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes.
/// </remarks>
internal static class GraphErrorTable
{
    internal readonly record struct Row(int Code, int Subcode, ProviderErrorKind Kind, string Text);

    private const string Busy = "Meta has trouble for the moment.";
    private const string TooMany = "Too many calls to Meta. Calls pause until the limit is lifted.";
    private const string Window = "The reply window of this contact has closed. It opens again when the contact writes.";
    private const string Gone = "This contact cannot be reached: blocked, deleted, or not known to this account.";
    private const string Permission = "A needed permission is missing or was removed. Connect again and grant all of them.";
    private const string Reconnect = "The connection is no longer valid. Connect the account again.";
    private const string Media = "Meta refused the attachment. Check its size and type, and that Meta can fetch its address.";
    private const string Wrong = "Meta refused the call as wrong.";

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(1, 0, Transient, Busy),
        new(1, 99, Unknown, "Meta refused without a reason, often because a permission is missing. Check the permissions if it goes on."),
        new(1, 1357046, OutcomeUnknown, "Meta cannot say whether the message was sent."),
        new(2, 0, Transient, Busy), // also shown when a person blocked the account: the retries end
        new(2, 1545133, Transient, Busy),
        new(2, 2018344, Configuration, "The Page's admin has not accepted Meta's terms for this feature. Accept them in the Page's settings."),
        new(3, 0, Configuration, "The Meta app lacks a capability for this call. Check its use cases and access levels in the app dashboard."),
        new(4, 0, RateLimited, TooMany),
        new(4, 2018022, RateLimited, TooMany),
        new(4, 2018354, InvalidRequest, "This contact got the most marketing messages allowed for now."),
        new(9, 2018352, InvalidRequest, "This contact got the most marketing messages allowed for now."),
        new(10, 0, InsufficientScope, Permission),
        new(10, 2018065, WindowClosed, Window),
        new(10, 2018278, WindowClosed, Window),
        new(10, 2534022, WindowClosed, Window),
        new(10, 2018108, RecipientUnavailable, Gone),
        new(10, 1893063, PolicyBlocked, "Meta restricts this Page from sending for now. See the Page's support inbox."),
        new(17, 0, RateLimited, TooMany),
        new(32, 0, RateLimited, TooMany),
        new(100, 0, InvalidRequest, Wrong),
        new(100, 33, InsufficientScope, "The object does not exist or the connection may not see it. Connect again."),
        new(100, 36009, InvalidRequest, "The authorization code was used before. Start connecting again."),
        new(100, 2018001, RecipientUnavailable, Gone),
        new(100, 2018047, Unknown, Media),
        new(100, 2018109, InvalidRequest, Media),
        new(100, 2534014, RecipientUnavailable, Gone),
        new(0, 2534001, RecipientUnavailable, "The conversation was archived or deleted by its owner."),
        new(0, 2534013, RateLimited, "Too many private replies. They pause until the limit is lifted."),
        new(0, 2534025, InvalidRequest, "This comment already has its one private reply."),
        new(101, 0, Configuration, "Meta does not know the app. Check the AppId setting."),
        new(102, 0, ReconnectRequired, Reconnect),
        new(190, 0, ReconnectRequired, Reconnect),
        new(190, 458, ReconnectRequired, "The person who connected the account removed the app. Connect it again."),
        new(190, 459, ReconnectRequired, "Meta wants the person who connected the account to log in at facebook.com. Then it may work again; else connect it again."),
        new(190, 460, ReconnectRequired, "The person who connected the account changed their password. Connect it again."),
        new(190, 463, ReconnectRequired, "The token has expired. Connect the account again."),
        new(190, 464, ReconnectRequired, "The person who connected the account must confirm it at facebook.com. Then it may work again; else connect it again."),
        new(190, 467, ReconnectRequired, "The session of the person who connected the account ended. Connect it again."),
        new(190, 492, ReconnectRequired, "The person who connected the account no longer has a role on the Page. Let another admin connect it."),
        new(200, 1545041, RecipientUnavailable, Gone),
        new(200, 2018021, Configuration, "Messages to phone numbers are not enabled for the Meta app."),
        new(200, 2018027, Configuration, "Messages to phone numbers are not enabled for the Meta app."),
        new(200, 2018028, Configuration, "The Meta app is not live. Publish it in the app dashboard."),
        new(230, 0, RecipientUnavailable, "This contact has not agreed to this."),
        new(341, 0, RateLimited, TooMany),
        new(368, 0, PolicyBlocked, "Meta blocks this account for a policy violation for now. See the account's support inbox."),
        new(506, 0, InvalidRequest, "Meta refused a repeated post."),
        new(551, 0, RecipientUnavailable, Gone),
        new(613, 0, RateLimited, TooMany),
        new(1200, 0, Transient, Busy),
        new(2022, 0, InvalidRequest, "Commerce messages are disabled for the Meta app."),
        new(2500, 0, Configuration, "Meta does not know the address that was called. Check the GraphVersion and GraphBaseUri settings."),
        new(9010, 0, RecipientUnavailable, Gone),
        new(10303, 0, InvalidRequest, "The account linking token is wrong."),
        new(10900, 0, InvalidRequest, "The activity already has its reply."),
        new(10903, 0, InvalidRequest, "The activity cannot be replied to."),
        new(36000, 0, InvalidRequest, Media),
        new(80001, 0, RateLimited, TooMany),
        new(80002, 0, RateLimited, TooMany),
        new(80006, 0, RateLimited, TooMany),
    ];

    /// <summary>Rows that hold on the token endpoint only.</summary>
    public static IReadOnlyList<Row> OAuthRows { get; } =
    [
        new(1, 0, Configuration, "Meta refused the app's secret. Check the AppSecret setting."),
        new(101, 0, Configuration, "Meta does not know the app. Check the AppId setting."),
        new(400, 0, InvalidRequest, "Instagram refused the code: used before, expired, or made for another app. Start connecting again; check the app's id and secret if it goes on."),
    ];

    /// <summary>Codes 200 to 299 without a row of their own.</summary>
    public static Row PermissionRange { get; } = new(200, 0, InsufficientScope, Permission);

    /// <summary>A bad token where the token is the app's own.</summary>
    public static Row AppTokenRefused { get; } = new(190, 0, Configuration, "Meta refused the app's own token. Check the AppId and AppSecret settings.");

    /// <summary>
    /// Code 100 without a subcode and of the type <c>GraphMethodException</c>: what a wrong or missing <c>appsecret_proof</c> gets.
    /// No code of its own tells it apart, and the type does so by experience only; taken for the message's fault, a wrong
    /// secret would fail every message for good.
    /// </summary>
    public static Row MethodRefused { get; } = new(100, 0, Configuration, "Meta refused the call before reading it, as it does with a wrong proof. Check the AppSecret setting.");

    /// <summary>Any other refusal with an error object.</summary>
    public static Row Refused { get; } = new(0, 0, InvalidRequest, Wrong);

    /// <summary>Any other failure of Meta's servers.</summary>
    public static Row ServerError { get; } = new(0, 0, Transient, Busy);

    public static Row Throttled { get; } = new(0, 0, RateLimited, TooMany);
}
