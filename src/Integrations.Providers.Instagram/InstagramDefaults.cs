using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram;

/// <summary>What the platform fixes on both routes.</summary>
internal static class InstagramDefaults
{
    public const string HttpClientName = "Integrations.Instagram";
    public const string SettingsSection = "Integrations:Instagram";
    public const string WebhookObject = "instagram";

    /// <summary>
    /// A text may have 1000 bytes in UTF-8: https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message.
    /// Whether the last byte counts is not documented, hence the margin.
    /// </summary>
    public const int MaxTextBytes = 990;

    public const int MaxIceBreakers = 4;

    public static IntegrationDescriptor Describe(IInstagramRoute route, InstagramOptions options) => new()
    {
        Type = IntegrationType.Instagram,
        DisplayName = "Instagram",
        Description = "Answers direct messages to an Instagram professional account.",
        Availability = IntegrationAvailability.Available,
        Authorization = AuthorizationKind.OAuth2,
        RequiredScopes = route.Scopes,
        OptionalScopes = options.OptionalScopes,
        AuthorizationHosts = [route.DialogBaseUri.Host],
        Pkce = PkceMode.NotSupported, // documented on neither route
        Refresh = route.Refresh,
        Messaging = new MessagingPolicy
        {
            MaxTextLength = MaxTextBytes,
            TextUnit = TextLengthUnit.Utf8Bytes,
            MaxQuickReplies = MetaDefaults.MaxQuickReplies,
            MaxButtons = MetaDefaults.MaxButtons,
            ReplyWindow = MetaDefaults.ReplyWindow,
            HumanAgentWindow = MetaDefaults.HumanAgentWindow,
            HasEchoes = true,
        },
        SecretDetails = [InstagramDetails.AccessToken],
    };
}
