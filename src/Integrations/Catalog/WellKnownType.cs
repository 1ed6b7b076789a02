namespace Integrations;

/// <summary>One of the types every host lists, whether its provider is installed or not.</summary>
internal sealed class WellKnownType
{
    private WellKnownType(IntegrationType type, string name, string description, AuthorizationKind authorization, bool isPlanned) =>
        Descriptor = new IntegrationDescriptor
        {
            Type = type,
            DisplayName = name,
            Description = description,
            Authorization = authorization,
            Availability = isPlanned ? IntegrationAvailability.ComingSoon : IntegrationAvailability.NotInstalled,
        };

    /// <summary>All of them, in the order people see.</summary>
    public static IReadOnlyList<WellKnownType> All { get; } =
    [
        new(IntegrationType.ChatWidget, "Website chat widget", "Chat with visitors of a website.", AuthorizationKind.None, false),
        new(IntegrationType.Facebook, "Facebook Messenger", "Answer messages to a Facebook Page.", AuthorizationKind.OAuth2, false),
        new(IntegrationType.Instagram, "Instagram", "Answer direct messages to an Instagram account.", AuthorizationKind.OAuth2, false),
        new(IntegrationType.X, "X", "Answer direct messages on X.", AuthorizationKind.OAuth2, true),
        new(IntegrationType.Telegram, "Telegram", "Answer messages to a Telegram bot.", AuthorizationKind.Credentials, true),
        new(IntegrationType.LinkedIn, "LinkedIn", "Answer messages to a LinkedIn page.", AuthorizationKind.OAuth2, true),
        new(IntegrationType.Email, "Email", "Answer mail to a mailbox.", AuthorizationKind.Credentials, true),
        new(IntegrationType.Sms, "SMS", "Answer text messages to a phone number.", AuthorizationKind.Credentials, true),
        new(IntegrationType.Team, "Team collaboration", "Answer messages in a team's workspace.", AuthorizationKind.OAuth2, true),
    ];

    /// <summary>What is listed as long as no provider is registered.</summary>
    public IntegrationDescriptor Descriptor { get; }
}
