using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram;

/// <summary>Looks at an account's connection, all questions at once.</summary>
internal sealed class AccountChecks(IInstagramRoute route, AppChecks app, TimeProvider time)
{
    public async Task<IReadOnlyList<ConnectionCheck>> RunAsync(ConnectionCheckContext context, CancellationToken ct)
    {
        var account = context.Connection;
        var token = route.ProbeAsync(account, ct);
        var role = route.CheckRoleAsync(account, ct);
        var webhook = route.CheckAppAsync(app, context.WebhookUri, ct);
        var subscription = route.CheckSubscriptionAsync(account, context.IsLive, ct);
        await Task.WhenAll(token, role, webhook, subscription);
        return
        [
            .. TokenChecks.Read(await token, route.Scopes, context.GrantedScopes, context.TokenExpiresAt, time.GetUtcNow()),
            await role,
            await subscription,
            await webhook,
            AppChecks.Mode(),
            app.Budget(account.AccountId),
        ];
    }
}
