namespace Integrations;

/// <summary>Top-level properties of a details document that the runtime itself acts on, whatever the platform.</summary>
public static class WellKnownDetails
{
    /// <summary>Text sent once to each new contact. Absent or empty: none.</summary>
    public const string WelcomeMessage = "welcome_message";

    /// <summary>Boolean: whether the agent answers. Absent means yes.</summary>
    public const string AutoResponse = "auto_response";

    /// <summary>Where the owner wants to be told about trouble; passed along in events.</summary>
    public const string NotificationEmail = "notification_email";

    /// <summary>Array of granted scopes, written by the runtime after connecting.</summary>
    public const string Scopes = "scopes";
}
