namespace Integrations.Providers.Instagram;

/// <summary>How a client's Instagram account is connected. One Meta app uses one of the two.</summary>
public enum InstagramLoginRoute
{
    /// <summary>
    /// Through Facebook Login: the account is linked to a Facebook Page, and the Page's token opens it. The same Meta app can
    /// serve Messenger. https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login
    /// </summary>
    FacebookLogin,

    /// <summary>
    /// Through Instagram itself: no Page is needed, the app's own Instagram id and secret are, and tokens live 60 days.
    /// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
    /// </summary>
    InstagramLogin,
}
