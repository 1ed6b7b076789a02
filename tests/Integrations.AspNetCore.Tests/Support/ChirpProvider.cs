namespace Integrations.AspNetCore.Tests;

/// <summary>A platform that connects by a typed token: one of them is good.</summary>
internal sealed class ChirpProvider : IIntegrationProvider, ICredentialForm
{
    public const string GoodToken = "good-token-7c1f";
    public const string BadToken = "bad-token-93aa";

    public static readonly IntegrationType Type = IntegrationType.Parse("chirp");

    public IntegrationDescriptor Descriptor { get; } = new()
    {
        Type = Type,
        DisplayName = "Chirp & Co",
        Description = "Answer chirps.",
        Authorization = AuthorizationKind.Credentials,
    };

    public IReadOnlyList<CredentialField> Fields { get; } =
    [
        new() { Name = "token", Label = "Access token", Help = "Chirp shows it under <Settings>." },
        new() { Name = "host", Label = "Host", IsSecret = false },
        new() { Name = "proxy", Label = "Proxy", IsSecret = false, IsRequired = false },
    ];

    public Task<TokenResult> ConnectAsync(CredentialSubmission submission, CancellationToken ct = default) =>
        Task.FromResult(submission.Values["token"].Reveal() == GoodToken
            ? TokenResult.Success(new TokenSet { AccessToken = submission.Values["token"], AccountId = "7", AccountName = "The bakery" })
            : TokenResult.Failed(new ProviderError { Kind = ProviderErrorKind.AccessDenied, Code = "bad_token", SafeMessage = "Chirp does not know this token." }));

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) =>
        Task.FromResult(DetailsValidationResult.Valid([]));
}
