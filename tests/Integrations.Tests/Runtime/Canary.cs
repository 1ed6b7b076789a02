namespace Integrations.Tests;

/// <summary>Secrets that must not be seen anywhere: each carries the same word.</summary>
internal static class Canary
{
    public const string Word = "CANARY";
    public const string Code = "CANARY-code";
    public const string UserToken = "CANARY-user-token";
    public const string AccountToken = "CANARY-account-token";
    public const string RefreshToken = "CANARY-refresh-token";
}
