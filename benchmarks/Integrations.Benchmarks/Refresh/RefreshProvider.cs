namespace Integrations.Benchmarks.Refresh;

/// <summary>A platform of which only the refresh matters.</summary>
internal sealed class RefreshProvider(RefreshApi api) : IIntegrationProvider
{
    public static IntegrationType Type { get; } = IntegrationType.Parse("refresh-bench");

    public IntegrationDescriptor Descriptor { get; } = new()
    {
        Type = Type,
        DisplayName = "Refresh",
        Authorization = AuthorizationKind.OAuth2,
        AuthorizationHosts = ["127.0.0.1"],
        Refresh = new RefreshPolicy { Mode = RefreshMode.RefreshToken, Rotation = RefreshTokenRotation.SingleUse },
    };

    public async Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) =>
        await api.RefreshAsync(context.Connection.RefreshToken.Reveal(), ct) is { } answer
            ? TokenResult.Success(new TokenSet
            {
                AccessToken = new Secret(answer.AccessToken),
                RefreshToken = new Secret(answer.RefreshToken),
                ExpiresIn = TimeSpan.FromSeconds(answer.ExpiresIn),
            })
            : TokenResult.Failed(new ProviderError { Kind = ProviderErrorKind.ReconnectRequired, Code = "refused" });

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) => throw new NotSupportedException();
}
