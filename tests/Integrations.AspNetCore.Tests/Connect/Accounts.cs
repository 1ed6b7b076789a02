namespace Integrations.AspNetCore.Tests;

/// <summary>An account choice as the connector leaves it open.</summary>
internal static class Accounts
{
    public const string Handle = "the-handle";

    // First 8 bytes of SHA-256("the-handle"), by: printf the-handle | sha256sum
    public const string Id = "37a15ef2c23525da";

    public const string Cookies = $"{TestApp.BrowserCookie}=B; __Secure-integrations.choice.{Id}={Handle}";

    public static AccountChoice Choice(string handle = Handle) => new()
    {
        Handle = new Secret(handle),
        ChatId = TestApp.ChatId,
        Type = IntegrationType.Facebook,
        Accounts =
        [
            new() { Id = "1029", Name = "Bakery <b>& Co</b>" },
            new() { Id = "1030", Name = "Butcher", CanConnect = false, Reason = "You may not manage its messages." },
        ],
        ExpiresAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
