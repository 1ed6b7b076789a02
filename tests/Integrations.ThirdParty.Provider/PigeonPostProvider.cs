using System.Text;
using System.Text.Json.Nodes;
using Integrations;

namespace PigeonPost;

/// <summary>Speaks Pigeon Post's dialect: OAuth with PKCE, rotating refresh tokens, signed webhooks, letters.</summary>
public sealed partial class PigeonPostProvider(PigeonPostOptions options, PigeonPostApi api) : IIntegrationProvider
{
    public static IntegrationType Type { get; } = IntegrationType.Parse("pigeon-post");

    public IntegrationDescriptor Descriptor { get; } = new()
    {
        Type = Type,
        DisplayName = "Pigeon Post",
        Description = "Letters by pigeon.",
        Authorization = AuthorizationKind.OAuth2,
        RequiredScopes = ["letters"],
        AuthorizationHosts = [options.BaseUri.Host],
        Refresh = new RefreshPolicy
        {
            Mode = RefreshMode.RefreshToken,
            Rotation = RefreshTokenRotation.SingleUse,
            RefreshBeforeExpiry = TimeSpan.FromMinutes(5),
            RequestTimeout = options.RefreshTimeout,
        },
        Messaging = new MessagingPolicy { MaxTextLength = 40 },
        SecretDetails = ["ring_code"],
    };

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default)
    {
        var query = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = options.ClientId,
            ["redirect_uri"] = context.RedirectUri.AbsoluteUri,
            ["scope"] = string.Join(' ', context.Scopes),
            ["state"] = context.State.Reveal(),
            ["code_challenge"] = context.CodeChallenge!,
            ["code_challenge_method"] = "S256",
        };
        var text = string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        return Task.FromResult(new AuthorizationRequest { Uri = new Uri(options.BaseUri, $"dialog?{text}") });
    }

    public async Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) => ToTokens(await api.TokenAsync(
        new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code.Reveal(),
            ["redirect_uri"] = context.RedirectUri.AbsoluteUri,
            ["code_verifier"] = context.CodeVerifier.Reveal(),
        }, ct));

    public async Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) => ToTokens(await api.TokenAsync(
        new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = context.Connection.RefreshToken.Reveal(),
        }, ct));

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default)
    {
        if (PigeonPostJson.Parse(Encoding.UTF8.GetBytes(context.Json)) is not { } details)
            return Task.FromResult(DetailsValidationResult.Invalid(new DetailsError { Path = "$", Code = "not_an_object", Message = "The settings must be a JSON object." }));
        details["seal_colour"] ??= "red";
        if (context.IsConnected && details["loft"] is null)
        {
            var missing = new DetailsError { Path = "$.loft", Code = "required", Message = "The loft is filled in when an account is connected." };
            return Task.FromResult(DetailsValidationResult.Invalid(missing));
        }

        return Task.FromResult(DetailsValidationResult.Valid(details));
    }

    private static TokenResult ToTokens((JsonObject? Answer, ProviderError? Error) reply)
    {
        if (reply.Answer is not { } answer)
            return TokenResult.Failed(reply.Error!);
        return TokenResult.Success(new TokenSet
        {
            AccessToken = new Secret(answer["access_token"]!.GetValue<string>()),
            RefreshToken = new Secret(answer["refresh_token"]!.GetValue<string>()),
            ExpiresIn = TimeSpan.FromSeconds(answer["expires_in"]!.GetValue<int>()),
            GrantedScopes = answer["scope"]!.GetValue<string>().Split(' '),
            AccountId = answer["loft_id"]!.GetValue<string>(),
            AccountName = answer["loft_name"]!.GetValue<string>(),
            Details = new JsonObject
            {
                ["loft"] = answer["loft_id"]!.GetValue<string>(),
                ["ring_code"] = answer["ring_code"]!.GetValue<string>(),
            },
        });
    }
}
