namespace Integrations;

/// <summary>
/// The errors the runtime itself gives, each with one code and one wording. Their texts reach the people who connect, so they name
/// no package and no method.
/// </summary>
internal static class Refusal
{
    public static ProviderError ComingSoon(IntegrationDescriptor descriptor) => New(ProviderErrorKind.NotAvailable, "coming_soon",
        $"{descriptor.DisplayName} is coming soon. It cannot be connected yet.");

    public static ProviderError NotInstalled(IntegrationDescriptor descriptor) => New(ProviderErrorKind.NotAvailable, "not_installed",
        $"{descriptor.DisplayName} is not available here: whoever runs this site has not installed it.");

    public static ProviderError UnknownType(IntegrationType type) => New(ProviderErrorKind.NotAvailable, "unknown_type",
        $"This host knows no integration type '{type}'.");

    public static ProviderError CredentialsUnreadable { get; } = New(ProviderErrorKind.Configuration, "credentials_unreadable",
        "The stored credentials cannot be opened. Restore the key they were sealed with; the connection itself may be fine.");

    public static ProviderError ChangedMeanwhile { get; } = New(ProviderErrorKind.InvalidRequest, "changed_meanwhile",
        "Someone else changed these settings since they were read. Read them again and repeat the change.");

    public static ProviderError New(ProviderErrorKind kind, string code, string message) =>
        new() { Kind = kind, Code = code, SafeMessage = message };
}
