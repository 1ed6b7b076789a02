using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram;

/// <summary>The details document of an Instagram integration.</summary>
internal static class InstagramDetails
{
    public const string AccountId = "account_id";
    public const string AccountName = "account_name";
    public const string AccessToken = "access_token";

    // 1000 bytes are the platform's limit for a message; what a text of that many characters takes is checked when it is sent.
    private const int MaxWelcomeLength = 1000;

    public static DetailsValidationResult Validate(DetailsValidationContext context) =>
        DetailsDocument.Validate(context.Json, document =>
        {
            document.Id(AccountId, context.IsConnected);
            document.Name(AccountName, context.IsConnected);
            document.Token(AccessToken, context.IsConnected);
            document.Scopes(context.IsConnected);
            document.Welcome(MaxWelcomeLength);
            document.Flag(WellKnownDetails.AutoResponse, defaultValue: true);
            document.Email();
        });
}
