namespace Integrations.AspNetCore.Tests;

/// <summary>A platform whose grant opens two accounts and whose webhooks need no signature: enough to walk through every page.</summary>
internal sealed class TwoPagesProvider : IIntegrationProvider, IAccountSource, IWebhookReceiver
{
    public static readonly IntegrationType Type = IntegrationType.Parse("two-pages");

    public IntegrationDescriptor Descriptor { get; } = new()
    {
        Type = Type,
        DisplayName = "Two Pages",
        Authorization = AuthorizationKind.OAuth2,
        AuthorizationHosts = ["dialog.example"],
        Pkce = PkceMode.NotSupported,
    };

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) => Task.FromResult(new AuthorizationRequest
    {
        Uri = new Uri($"https://dialog.example/?state={context.State.Reveal()}&redirect_uri={Uri.EscapeDataString(context.RedirectUri.OriginalString)}"),
    });

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) =>
        Task.FromResult(TokenResult.Success(new TokenSet { AccessToken = new Secret("user-token") }));

    public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) =>
        Task.FromResult(DetailsValidationResult.Valid([]));

    public Task<AccountListResult> ListAccountsAsync(TokenSet grant, CancellationToken ct = default) =>
        Task.FromResult(new AccountListResult { Accounts = [new() { Id = "1", Name = "One" }, new() { Id = "2", Name = "Two" }] });

    public Task<TokenResult> SelectAccountAsync(TokenSet grant, string accountId, CancellationToken ct = default) =>
        Task.FromResult(TokenResult.Success(new TokenSet { AccessToken = new Secret("page-token"), AccountId = accountId, AccountName = $"Page {accountId}" }));

    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken ct = default) => Task.FromResult(WebhookResult.Accepted([]));
}
