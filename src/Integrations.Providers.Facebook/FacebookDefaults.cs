using Integrations.Providers.Meta;

namespace Integrations.Providers.Facebook;

/// <summary>What the platform fixes.</summary>
internal static class FacebookDefaults
{
    public const string HttpClientName = "Integrations.Facebook";
    public const string SettingsSection = "Integrations:Facebook";
    public const string WebhookObject = "page";

    /// <summary>
    /// A text must be "less than 2000 characters". What counts as a character is not documented, and senders have met refusals a
    /// little below: https://developers.facebook.com/docs/messenger-platform/reference/send-api, hence the margin.
    /// </summary>
    public const int MaxTextLength = 1990;

    /// <summary>The payload of the "Get Started" button, which comes back as a postback when a contact opens the conversation.</summary>
    public const string GetStartedPayload = "GET_STARTED";

    public static readonly string[] Scopes = ["pages_messaging", "pages_manage_metadata", "pages_show_list"];

    /// <summary>https://developers.facebook.com/docs/messenger-platform/webhooks#events</summary>
    public static readonly string[] Fields =
    [
        "messages", "messaging_postbacks", "messaging_referrals", "messaging_optins", "message_deliveries", "message_reads",
        "message_echoes", "message_reactions", "message_edits", "messaging_handovers", "standby", "messaging_policy_enforcement",
    ];

    /// <summary>Without these nothing can be answered.</summary>
    public static readonly string[] MinimalFields = ["messages", "messaging_postbacks"];

    public static IntegrationDescriptor Describe(FacebookOptions options) => new()
    {
        Type = IntegrationType.Facebook,
        DisplayName = "Facebook Messenger",
        Description = "Answers messages to a Facebook Page.",
        Authorization = AuthorizationKind.OAuth2,
        RequiredScopes = Scopes,
        OptionalScopes = options.OptionalScopes,
        AuthorizationHosts = [options.DialogBaseUri.Host],
        Pkce = options.UsePkce ? PkceMode.S256 : PkceMode.NotSupported,
        Refresh = MetaDefaults.Refresh(options),
        Messaging = new MessagingPolicy
        {
            MaxTextLength = MaxTextLength,
            TextUnit = TextLengthUnit.Utf16Chars,
            MaxQuickReplies = MetaDefaults.MaxQuickReplies,
            MaxButtons = MetaDefaults.MaxButtons,
            ReplyWindow = MetaDefaults.ReplyWindow,
            HumanAgentWindow = MetaDefaults.HumanAgentWindow,
            HasEchoes = true,
        },
        SecretDetails = [FacebookDetails.PageAccessToken],
    };
}
