namespace Integrations;

/// <summary>The values of <see cref="PendingAuthorization.Purpose"/>.</summary>
internal static class AuthorizationPurpose
{
    public const string Connect = "connect";
    public const string AccountChoice = "account-choice";
}
