namespace Integrations.Providers.Meta;

/// <summary>The app's subscription to the webhook fields of a Page or an Instagram account: <c>/{node}/subscribed_apps</c>.</summary>
/// <param name="graph">Makes the calls.</param>
/// <param name="isOurs">Whether an entry of the list is this app's.</param>
/// <remarks>https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps</remarks>
internal sealed class AppSubscription(GraphClient graph, Func<System.Text.Json.JsonElement, bool> isOurs)
{
    /// <summary>The fields subscribed now; null if the app is not subscribed.</summary>
    public async Task<(IReadOnlyList<string>? Fields, ProviderError? Error)> ReadAsync(SubscriptionTarget target, CancellationToken ct)
    {
        var (apps, error) = await graph.ListAsync(Request(HttpMethod.Get, target), ct);
        if (error is not null)
            return (null, error);
        foreach (var app in apps)
            if (isOurs(app))
                return (app.Texts("subscribed_fields") ?? [], null);
        return (null, null);
    }

    /// <summary>Subscribes; changes nothing if all wanted fields are there.</summary>
    /// <param name="target">What to subscribe to.</param>
    /// <param name="wanted">The fields.</param>
    /// <param name="minimal">Those to fall back to if one is refused.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ProviderResult> SubscribeAsync(
        SubscriptionTarget target, IReadOnlyList<string> wanted, IReadOnlyList<string> minimal, CancellationToken ct)
    {
        var (present, error) = await ReadAsync(target, ct);
        if (error is not null)
            return ProviderResult.Failed(error);
        if (present is not null && !wanted.Except(present).Any())
            return ProviderResult.Success;

        // Whether a POST adds to the fields or replaces them is not documented: always name all.
        error = await PostAsync(target, wanted.Union(present ?? []), ct);
        if (error is null)
            return ProviderResult.Success;
        if (error.Code.Split('/')[0] != "100")
            return ProviderResult.Failed(error);

        // One unknown field makes Meta refuse the whole list.
        List<string> least = [.. minimal.Union(present ?? [])];
        error = await PostAsync(target, least, ct);
        return error is not null ? ProviderResult.Failed(error) : new ProviderResult
        {
            Warnings = [$"Meta refused some webhook fields, so these kinds of events do not arrive: {string.Join(", ", wanted.Except(least))}."],
        };
    }

    /// <summary>
    /// Takes back this channel's part of the subscription. Messenger and Instagram share the one of a Page: what the other
    /// channel put there stays.
    /// </summary>
    /// <param name="target">What to unsubscribe from.</param>
    /// <param name="belongsToOthers">Whether a field is another channel's. Null if there is none.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ProviderError?> UnsubscribeAsync(SubscriptionTarget target, Func<string, bool>? belongsToOthers, CancellationToken ct)
    {
        var (present, error) = await ReadAsync(target, ct);
        if (error is not null || present is null)
            return error;
        List<string> others = belongsToOthers is null ? [] : [.. present.Where(belongsToOthers)];
        if (others.Count == 0)
            return Confirm(await graph.SendAsync(Request(HttpMethod.Delete, target), ct));
        if (others.Count == present.Count)
            return null;
        error = await PostAsync(target, others, ct);
        if (error is not null)
            return error;
        (present, error) = await ReadAsync(target, ct);
        if (error is not null || present is null || present.All(others.Contains))
            return error;
        // The POST added instead of replacing.
        error = Confirm(await graph.SendAsync(Request(HttpMethod.Delete, target), ct));
        return error ?? await PostAsync(target, others, ct);
    }

    private async Task<ProviderError?> PostAsync(SubscriptionTarget target, IEnumerable<string> fields, CancellationToken ct) =>
        Confirm(await graph.SendAsync(Request(HttpMethod.Post, target, [new("subscribed_fields", string.Join(',', fields))]), ct));

    private static GraphRequest Request(HttpMethod method, SubscriptionTarget target, IReadOnlyList<KeyValuePair<string, string>>? form = null) => new()
    {
        Method = method,
        Host = target.Host,
        Path = $"{target.Node}/subscribed_apps",
        Token = target.Token,
        Form = form,
        Budget = target.Budget,
    };

    private static ProviderError? Confirm(GraphResult result) => result switch
    {
        { Error: { } error } => error,
        { Root: var root } when root.Flag("success") == false => new ProviderError
        {
            Kind = ProviderErrorKind.Unknown, Code = "success_false", SafeMessage = "Meta did not change the webhook subscription and gave no reason.",
        },
        _ => null,
    };
}
