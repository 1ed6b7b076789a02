namespace Integrations.AspNetCore.Tests;

internal sealed class TestCatalog : IIntegrationCatalog
{
    public IReadOnlyList<IntegrationDescriptor> Descriptors { get; } =
    [
        new() { Type = IntegrationType.Facebook, DisplayName = "Facebook Messenger", Authorization = AuthorizationKind.OAuth2, RequiredScopes = ["pages_messaging"] },
        new() { Type = IntegrationType.ChatWidget, DisplayName = "Website chat", Authorization = AuthorizationKind.None },
        new() { Type = IntegrationType.Telegram, DisplayName = "Telegram", Authorization = AuthorizationKind.Credentials, Availability = IntegrationAvailability.ComingSoon },
    ];

    public IntegrationDescriptor? Find(IntegrationType type) => Descriptors.FirstOrDefault(d => d.Type == type);

    public IReadOnlyList<CredentialField> CredentialFields(IntegrationType type) => type == IntegrationType.Telegram
        ? [new CredentialField { Name = "bot_token", Label = "Bot token" }, new CredentialField { Name = "proxy", Label = "Proxy", IsSecret = false, IsRequired = false }]
        : [];
}
