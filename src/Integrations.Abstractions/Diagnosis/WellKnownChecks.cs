namespace Integrations;

/// <summary>Codes of checks. They are stable: a machine may branch on them.</summary>
public static class WellKnownChecks
{
    /// <summary>Whether the integration is live, and the state of its connection.</summary>
    public const string State = "state";

    /// <summary>Whether the stored secrets can be opened with the keys of this host.</summary>
    public const string CredentialsReadable = "credentials_readable";

    /// <summary>Whether the platform takes the token, and until when.</summary>
    public const string Token = "token";

    /// <summary>Whether the token is renewed in time.</summary>
    public const string Renewal = "renewal";

    /// <summary>Scopes wanted against scopes granted.</summary>
    public const string Scopes = "scopes";

    /// <summary>Whether the person who connected may still answer in the account's name.</summary>
    public const string AccountRole = "account_role";

    /// <summary>Whether the account sends its events to the app, and which.</summary>
    public const string Subscription = "subscription";

    /// <summary>Whether the platform's app sends its webhooks to this host.</summary>
    public const string AppWebhook = "app_webhook";

    /// <summary>Whether the platform's app is published.</summary>
    public const string AppMode = "app_mode";

    /// <summary>Whether the webhook address answers from outside.</summary>
    public const string WebhookReachable = "webhook_reachable";

    /// <summary>Whether websites get the widget's script over the public address.</summary>
    public const string WidgetScript = "widget_script";

    /// <summary>Whether the stored settings are valid.</summary>
    public const string Settings = "settings";

    /// <summary>Which websites may show the widget.</summary>
    public const string AllowedOrigins = "allowed_origins";

    /// <summary>Whether visitors are recognised.</summary>
    public const string VisitorIdentity = "visitor_identity";

    /// <summary>When the last message arrived, against what is usual here.</summary>
    public const string LastInbound = "last_inbound";

    /// <summary>Whether contacts can be answered now.</summary>
    public const string ReplyWindow = "reply_window";

    /// <summary>How much of the platform's rate budget is used.</summary>
    public const string RateBudget = "rate_budget";
}
