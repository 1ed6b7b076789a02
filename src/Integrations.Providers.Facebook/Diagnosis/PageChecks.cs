using Integrations.Providers.Meta;

namespace Integrations.Providers.Facebook;

/// <summary>Looks at a Page's connection, all questions at once.</summary>
internal sealed class PageChecks(TokenProbe probe, PageRoleCheck role, PageActivation activation, AppChecks app, TimeProvider time)
{
    public async Task<IReadOnlyList<ConnectionCheck>> RunAsync(ConnectionCheckContext context, CancellationToken ct)
    {
        var page = context.Connection;
        var token = probe.ProbeAsync(page.AccessToken, page.AccountId, ct);
        var mayAnswer = role.RunAsync(page, page.AccountId, ct);
        var webhook = app.WebhookAsync(FacebookDefaults.WebhookObject, isListed: true, context.WebhookUri, ct);
        var subscription = activation.CheckAsync(page, context.IsLive, ct);
        await Task.WhenAll(token, mayAnswer, webhook, subscription);
        return
        [
            .. TokenChecks.Read(await token, FacebookDefaults.Scopes, context.GrantedScopes, context.TokenExpiresAt, time.GetUtcNow()),
            await mayAnswer,
            await subscription,
            await webhook,
            AppChecks.Mode(),
            app.Budget(page.AccountId),
        ];
    }
}
