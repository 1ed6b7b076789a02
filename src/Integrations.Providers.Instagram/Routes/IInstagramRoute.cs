using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram;

/// <summary>What differs between the two ways an account is connected. Chosen once, when the provider is made.</summary>
internal interface IInstagramRoute
{
    string[] Scopes { get; }

    Uri DialogBaseUri { get; }

    RefreshPolicy Refresh { get; }

    /// <summary>Where messages go, and the profile.</summary>
    SendTarget Target { get; }

    AuthorizationRequest Authorize(AuthorizeContext context);

    Task<TokenResult> ExchangeAsync(CodeExchangeContext context, CancellationToken ct);

    Task<TokenResult> RefreshAsync(ConnectionContext connection, CancellationToken ct);

    Task<AccountListResult> ListAsync(TokenSet grant, CancellationToken ct);

    Task<TokenResult> SelectAsync(TokenSet grant, string accountId, CancellationToken ct);

    Task<ProbeResult> ProbeAsync(ConnectionContext connection, CancellationToken ct);

    /// <summary>Whether the account's messages are subscribed to.</summary>
    Task<ActivationProbeResult> ProbeSubscriptionAsync(ConnectionContext connection, CancellationToken ct);

    Task<ConnectionCheck> CheckSubscriptionAsync(ConnectionContext connection, bool isLive, CancellationToken ct);

    Task<ConnectionCheck> CheckRoleAsync(ConnectionContext connection, CancellationToken ct);

    Task<ConnectionCheck> CheckAppAsync(AppChecks app, Uri? webhook, CancellationToken ct);

    Task<ProviderResult> SubscribeAsync(ConnectionContext connection, CancellationToken ct);

    /// <summary>Takes back this channel's webhook subscription and nothing else.</summary>
    Task<ProviderError?> UnsubscribeAsync(ConnectionContext connection, CancellationToken ct);
}
