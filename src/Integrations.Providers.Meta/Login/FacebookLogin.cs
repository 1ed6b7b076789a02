using System.Text;

namespace Integrations.Providers.Meta;

/// <summary>Facebook Login, classic or for Business: the dialog's address, and the code's exchange.</summary>
internal sealed class FacebookLogin(Func<MetaOptions> options, TokenExchange tokens, TokenInspection inspection)
{
    public AuthorizationRequest Authorize(AuthorizeContext context)
    {
        var settings = options();
        var text = new StringBuilder(GraphAddress.Root(settings.DialogBaseUri)).Append('/').Append(settings.GraphVersion).Append("/dialog/oauth");
        var separator = '?';
        void Add(string name, string value) => GraphAddress.Append(text, ref separator, name, value);

        Add("client_id", settings.AppId);
        Add("redirect_uri", context.RedirectUri.OriginalString);
        Add("state", context.State.Reveal());
        Add("response_type", "code");
        if (settings.LoginConfigurationId is { Length: > 0 } configuration)
        {
            Add("config_id", configuration);
            Add("override_default_response_type", "true"); // without it the answer is a token in the fragment
        }
        else
        {
            Add("scope", string.Join(',', context.Scopes));
            if (context.Reconsent)
                Add("auth_type", "rerequest"); // else the dialog skips what was declined before
        }
        if (context.CodeChallenge is { } challenge)
        {
            Add("code_challenge", challenge);
            Add("code_challenge_method", "S256");
        }
        return new AuthorizationRequest { Uri = new Uri(text.ToString()) };
    }

    public async Task<TokenResult> ExchangeAsync(CodeExchangeContext context, CancellationToken ct)
    {
        var (token, error) = await LongestLivedAsync(context, ct);
        if (token is null)
            return TokenResult.Failed(error!);
        (var userId, error) = await inspection.UserIdAsync(token.Token, ct);
        if (error is not null)
            return TokenResult.Failed(error);
        (var scopes, error) = await inspection.GrantedScopesAsync(token.Token, ct);
        if (error is not null)
            return TokenResult.Failed(error);
        return TokenResult.Success(new TokenSet
        {
            AccessToken = token.Token,
            ExpiresIn = token.Life,
            GrantedScopes = scopes,
            AuthorizedUserId = userId,
            ConsentExpiresAt = await inspection.ConsentEndAsync(token.Token, ct),
        });
    }

    // Page tokens inherit the life of the user token they are read with: the long-lived one must come before any Page is read.
    private async Task<(UserToken? Token, ProviderError? Error)> LongestLivedAsync(CodeExchangeContext context, CancellationToken ct)
    {
        var first = await tokens.ByCodeAsync(context, ct);
        return first.Token is not { } token || IsSystemUser(token) ? first : await tokens.LongLivedAsync(token.Token, ct);
    }

    // A business configuration can hand out a system user's token, which does not expire and is not exchanged.
    private bool IsSystemUser(UserToken token) => options().LoginConfigurationId is { Length: > 0 } && token.Life is null;
}
