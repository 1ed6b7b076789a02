namespace Integrations;

/// <summary>What the runtime's own checks are called.</summary>
internal static class CheckTitles
{
    public const string State = "State";
    public const string Credentials = "Stored credentials";
    public const string Token = "Token";
    public const string Scopes = "Permissions";
    public const string Renewal = "Renewal of the token";
    public const string Webhook = "Webhook address";
    public const string WidgetScript = "Script for websites";
    public const string LastInbound = "Last message";
    public const string ReplyWindow = "Reply window";
}
