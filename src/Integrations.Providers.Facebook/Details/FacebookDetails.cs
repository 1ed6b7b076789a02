using Integrations.Providers.Meta;

namespace Integrations.Providers.Facebook;

/// <summary>The details document of a Facebook integration.</summary>
internal static class FacebookDetails
{
    public const string PageId = "page_id";
    public const string PageName = "page_name";
    public const string PageAccessToken = "page_access_token";

    public static DetailsValidationResult Validate(DetailsValidationContext context) =>
        DetailsDocument.Validate(context.Json, document =>
        {
            document.Id(PageId, context.IsConnected);
            document.Name(PageName, context.IsConnected);
            document.Token(PageAccessToken, context.IsConnected);
            document.Scopes(context.IsConnected);
            document.Welcome(FacebookDefaults.MaxTextLength); // one message
            document.Flag(WellKnownDetails.AutoResponse, defaultValue: true);
            document.Email();
        });
}
