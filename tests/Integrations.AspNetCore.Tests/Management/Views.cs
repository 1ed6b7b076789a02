namespace Integrations.AspNetCore.Tests;

internal static class Views
{
    public static IntegrationView One() => new()
    {
        Key = new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId),
        ChatId = TestApp.ChatId,
        Type = IntegrationType.Facebook,
        IsLive = true,
        State = ConnectionState.ReconnectRequired,
        LastError = "ReconnectRequired: The password changed. (190/460)",
        ErrorCount = 1,
        MessageCount = 7,
        UserCount = 3,
        Details = new() { ["page_access_token"] = IntegrationView.MaskedSecret },
    };
}
