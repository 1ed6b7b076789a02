using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Marks accounts on offer that another integration owns, so that nobody chooses what would be refused. Anew each time they are shown
/// and never kept: whoever disconnects it there goes on with the choice that is open. The claim itself decides.
/// </summary>
internal sealed class TakenAccounts(IIntegrationStore store, IOptions<IntegrationsOptions> options)
{
    private const string Reason = "It is connected elsewhere already. Disconnect it there first.";

    public async Task<IReadOnlyList<PlatformAccount>> MarkAsync(AuthorizationBinding binding, IReadOnlyList<PlatformAccount> accounts, CancellationToken ct)
    {
        if (options.Value.AccountClaimPolicy != AccountClaimPolicy.Reject)
            return accounts;
        var own = (await store.FindAsync(binding.ClientId, binding.ChatId, binding.Type, ct))?.Record.Key;
        var owners = await store.FindOwnersAsync(binding.Type, [.. accounts.Where(a => a.CanConnect).Select(a => a.Id)], ct);
        var taken = owners.Where(o => o.Key != own).Select(o => o.AccountId).ToHashSet(StringComparer.Ordinal);
        return [.. accounts.Select(a => taken.Contains(a.Id) ? Taken(a) : a)];
    }

    private static PlatformAccount Taken(PlatformAccount account) =>
        new() { Id = account.Id, Name = account.Name, ImageUri = account.ImageUri, CanConnect = false, Reason = Reason };
}
