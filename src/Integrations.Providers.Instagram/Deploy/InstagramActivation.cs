using System.Text.Json.Nodes;
using Integrations.Providers.Meta;
using Microsoft.Extensions.Logging;

namespace Integrations.Providers.Instagram;

/// <summary>Puts an account live and takes it down again.</summary>
internal sealed class InstagramActivation(IInstagramRoute route, GraphClient graph, ILogger logger)
{
    public async Task<ProviderResult> ActivateAsync(ConnectionContext account, CancellationToken ct)
    {
        var subscribed = await route.SubscribeAsync(account, ct);
        if (!subscribed.Succeeded || account.Details[InstagramDetails.IceBreakers] is not JsonArray { Count: > 0 } breakers)
            return subscribed;
        var error = await SetAsync(account, breakers, ct);
        if (error is null)
            return subscribed;
        // Decoration: messages are answered without it.
        Log.IceBreakersRefused(logger, account.AccountId, error.Kind, error.Code);
        return new ProviderResult { Warnings = [.. subscribed.Warnings, "Instagram did not take the ice breakers. Try fewer or shorter questions."] };
    }

    public async Task<ProviderResult> DeactivateAsync(ConnectionContext account, CancellationToken ct) =>
        await route.UnsubscribeAsync(account, ct) is { } error ? ProviderResult.Failed(error) : ProviderResult.Success;

    /// <summary>Takes the subscription back and no more. A connection whose grant is gone already has nothing left to take back.</summary>
    public async Task<ProviderResult> RevokeAsync(ConnectionContext account, CancellationToken ct)
    {
        var error = await route.UnsubscribeAsync(account, ct);
        if (error is { Kind: not (ProviderErrorKind.ReconnectRequired or ProviderErrorKind.InsufficientScope) })
            return ProviderResult.Failed(error);
        return new ProviderResult
        {
            Warnings = ["The account no longer sends its messages here. The person who connected it can also remove the app in their settings at Meta."],
        };
    }

    // Four questions a contact can start with. https://developers.facebook.com/docs/messenger-platform/instagram/features/ice-breakers
    private async Task<ProviderError?> SetAsync(ConnectionContext account, JsonArray breakers, CancellationToken ct)
    {
        var result = await graph.SendAsync(
            new GraphRequest
            {
                Method = HttpMethod.Post,
                Host = route.Target.Host,
                Path = "me/messenger_profile",
                Token = account.AccessToken,
                Json = System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["platform"] = "instagram", ["ice_breakers"] = breakers.DeepClone() }.ToJsonString()),
                Budget = account.AccountId,
            },
            ct);
        return result.Error;
    }
}
