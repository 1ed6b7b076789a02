using System.Text.Json;
using System.Text.Json.Nodes;
using Integrations.Providers.Meta;
using Microsoft.Extensions.Logging;

namespace Integrations.Providers.Facebook;

/// <summary>Puts a Page live and takes it down again.</summary>
internal sealed class PageActivation(GraphClient graph, Func<FacebookOptions> options, MessengerProfile profile, ILogger logger)
{
    private readonly AppSubscription _subscription = new(graph, app => app.Text("id") == options().AppId);

    public Task<ConnectionCheck> CheckAsync(ConnectionContext page, bool isLive, CancellationToken ct) =>
        new SubscriptionCheck(_subscription).RunAsync(Target(page), Wanted(), FacebookDefaults.MinimalFields, isLive, ct);

    public Task<ActivationProbeResult> ProbeAsync(ConnectionContext page, CancellationToken ct) =>
        new SubscriptionCheck(_subscription).ProbeAsync(Target(page), Wanted(), FacebookDefaults.MinimalFields, ct);

    public async Task<ProviderResult> ActivateAsync(ConnectionContext page, CancellationToken ct)
    {
        var subscribed = await _subscription.SubscribeAsync(Target(page), Wanted(), FacebookDefaults.MinimalFields, ct);
        if (!subscribed.Succeeded || Greeting(page.Details) is not { } greeting)
            return subscribed;
        var error = await profile.SetAsync(page, greeting, ct);
        if (error is null)
            return subscribed;
        // The greeting is decoration: messages are answered without it.
        Log.GreetingRefused(logger, page.AccountId, error.Kind, error.Code);
        return new ProviderResult
        {
            Warnings = [.. subscribed.Warnings, "Meta did not take the welcome message as the greeting of an empty conversation. Meta's limit for greetings is short: try fewer characters."],
        };
    }

    public async Task<ProviderResult> DeactivateAsync(ConnectionContext page, CancellationToken ct) =>
        await _subscription.UnsubscribeAsync(Target(page), IsInstagrams, ct) is { } error ? ProviderResult.Failed(error) : ProviderResult.Success;

    /// <summary>
    /// Takes the subscription back and no more: DELETE /me/permissions would kill every Page of the same person. A connection
    /// whose grant is gone already has nothing left to take back.
    /// </summary>
    public async Task<ProviderResult> RevokeAsync(ConnectionContext page, CancellationToken ct)
    {
        var error = await _subscription.UnsubscribeAsync(Target(page), IsInstagrams, ct);
        if (error is { Kind: not (ProviderErrorKind.ReconnectRequired or ProviderErrorKind.InsufficientScope) })
            return ProviderResult.Failed(error);
        return new ProviderResult
        {
            Warnings = ["The Page no longer sends its messages here. The person who connected it can also remove the app at Facebook, under Settings, Business integrations."],
        };
    }

    private string[] Wanted() => options().SubscribedFields is { Length: > 0 } own ? own : FacebookDefaults.Fields;

    // The account linked to the Page may be live as well: it needs the Page's subscription to stay.
    private bool IsInstagrams(string field) => field == PageFields.InstagramMark && !Wanted().Contains(field);

    private static SubscriptionTarget Target(ConnectionContext page) => new(page.AccountId, page.AccessToken, page.AccountId);

    private static string? Greeting(JsonObject details) =>
        details[WellKnownDetails.WelcomeMessage] is JsonValue value && value.GetValueKind() == JsonValueKind.String
        && value.GetValue<string>() is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
