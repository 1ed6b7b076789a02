using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>What follows a grant: its one account is connected, or several are offered.</summary>
internal sealed class AccountOffer(
    AuthorizationKeeper keeper, AccountConnector connector, TakenAccounts taken, ProviderCall provider, IIntegrationStore store,
    IOptions<IntegrationsOptions> options, TimeProvider time)
{
    private const int MaxReasons = 5;

    public async Task<ConnectResult> TakeAsync(AuthorizationBinding binding, IIntegrationProvider implementation, TokenSet grant, CancellationToken ct)
    {
        var returnPath = binding.ReturnPath ?? "/";
        if (implementation is not IAccountSource source || grant.AccountId is not null)
            return await connector.ConnectAsync(binding, implementation, grant, grant, null, ct);

        var issuedAt = time.GetUtcNow();
        var timeout = implementation.Descriptor.Refresh.RequestTimeout;
        var list = await provider.RunAsync(limit => source.ListAccountsAsync(grant, limit), AccountListResult.Failed, timeout, ct);
        if (!list.Succeeded)
            return AccountConnector.Failed(list.Error, returnPath);
        var open = list.Accounts.Where(a => a.CanConnect).ToList();
        if (open.Count == 0)
            return new ConnectResult { Outcome = ConnectOutcome.NoAccounts, Error = NoAccounts(list.Accounts), ReturnPath = returnPath };

        // Connecting again heals what there is: its account is taken by itself when it is among those offered.
        var chosen = open[0];
        if (!binding.AllowAccountSwitch
            && await store.FindAsync(binding.ClientId, binding.ChatId, binding.Type, ct) is { Connection.AccountId: { } connected } stored)
        {
            if (list.Accounts.FirstOrDefault(a => a.Id == connected) is not { } same)
                return AccountConnector.Mismatch(stored, open, returnPath);
            if (!same.CanConnect)
                return AccountConnector.Failed(Refusal.New(ProviderErrorKind.AccessDenied, "account_not_connectable", same.Reason ?? "The connected account cannot be connected with this grant."), returnPath);
            chosen = same;
        }
        else if (open.Count > 1)
        {
            var shown = await taken.MarkAsync(binding, list.Accounts, ct);
            return shown.Any(a => a.CanConnect)
                ? await OfferAsync(binding, StoredGrant.From(grant, list.Accounts, issuedAt, binding.AllowAccountSwitch), shown, ct)
                : new ConnectResult { Outcome = ConnectOutcome.AccountTaken, ReturnPath = returnPath };
        }

        var selected = await provider.RunAsync(limit => source.SelectAccountAsync(grant, chosen.Id, limit), TokenResult.Failed, timeout, ct);
        return selected.Succeeded
            ? await connector.ConnectAsync(binding, implementation, grant, selected.Tokens, null, ct)
            : AccountConnector.Failed(selected.Error, returnPath);
    }

    /// <summary>Keeps the grant sealed and offers its accounts under a new handle.</summary>
    public async Task<ConnectResult> OfferAsync(AuthorizationBinding binding, StoredGrant grant, CancellationToken ct) =>
        await OfferAsync(binding, grant, await taken.MarkAsync(binding, grant.Accounts, ct), ct);

    private async Task<ConnectResult> OfferAsync(AuthorizationBinding binding, StoredGrant grant, IReadOnlyList<PlatformAccount> shown, CancellationToken ct)
    {
        var handle = Handles.New();
        var expiresAt = time.GetUtcNow() + options.Value.AuthorizationLifetime;
        var payload = new Secret(JsonSerializer.Serialize(grant, ConnectJsonContext.Default.StoredGrant));
        await keeper.SaveAsync(handle, AuthorizationPurpose.AccountChoice, binding, payload, expiresAt, ct);
        return new ConnectResult
        {
            Outcome = ConnectOutcome.AccountSelectionRequired,
            Choice = new AccountChoice { Handle = handle, ChatId = binding.ChatId, Type = binding.Type, Accounts = shown, ExpiresAt = expiresAt },
            ReturnPath = binding.ReturnPath ?? "/",
        };
    }

    private static ProviderError NoAccounts(IReadOnlyList<PlatformAccount> accounts) => Refusal.New(ProviderErrorKind.AccessDenied, "no_accounts",
        accounts.Count == 0
            ? "The grant opens no account. Connect again and choose at least one."
            : "None of the accounts can be connected. " + string.Join(" ", accounts.Take(MaxReasons).Select(a => $"{a.Name}: {a.Reason ?? "no reason given."}")));
}
