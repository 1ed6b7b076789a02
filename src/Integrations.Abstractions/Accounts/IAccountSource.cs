namespace Integrations;

/// <summary>A provider whose grant opens several accounts, of which one is connected: a Page, an Instagram account.</summary>
public interface IAccountSource
{
    /// <summary>Lists the accounts the grant opens, also those that cannot be connected, with the reason.</summary>
    Task<AccountListResult> ListAccountsAsync(TokenSet grant, CancellationToken ct = default);

    /// <summary>Opens one account: its own tokens, its id and name, and the details to keep.</summary>
    Task<TokenResult> SelectAccountAsync(TokenSet grant, string accountId, CancellationToken ct = default);
}
