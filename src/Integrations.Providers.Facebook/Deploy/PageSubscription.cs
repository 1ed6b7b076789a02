using Integrations.Providers.Meta;

namespace Integrations.Providers.Facebook;

/// <summary>The app's subscription to a Page's webhook fields: <c>/{page-id}/subscribed_apps</c>.</summary>
/// <remarks>https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps</remarks>
internal sealed class PageSubscription(GraphClient graph, Func<FacebookOptions> options)
{
    /// <summary>The fields subscribed now; null if the app is not subscribed.</summary>
    public async Task<(IReadOnlyList<string>? Fields, ProviderError? Error)> ReadAsync(ConnectionContext page, CancellationToken ct)
    {
        var (apps, error) = await graph.ListAsync(Request(HttpMethod.Get, page), ct);
        if (error is not null)
            return (null, error);
        foreach (var app in apps)
            if (app.Text("id") == options().AppId)
                return (app.Texts("subscribed_fields") ?? [], null);
        return (null, null);
    }

    /// <summary>Subscribes; changes nothing if all wanted fields are there.</summary>
    public async Task<ProviderResult> SubscribeAsync(ConnectionContext page, CancellationToken ct)
    {
        IReadOnlyList<string> wanted = options().SubscribedFields is { Length: > 0 } own ? own : FacebookDefaults.Fields;
        var (present, error) = await ReadAsync(page, ct);
        if (error is not null)
            return ProviderResult.Failed(error);
        if (present is not null && !wanted.Except(present).Any())
            return ProviderResult.Success;

        // Whether a POST adds to the fields or replaces them is not documented: always name all.
        error = await PostAsync(page, wanted.Union(present ?? []), ct);
        if (error is null)
            return ProviderResult.Success;
        if (error.Code.Split('/')[0] != "100")
            return ProviderResult.Failed(error);

        // One unknown field makes Meta refuse the whole list.
        List<string> minimal = [.. FacebookDefaults.MinimalFields.Union(present ?? [])];
        error = await PostAsync(page, minimal, ct);
        return error is not null ? ProviderResult.Failed(error) : new ProviderResult
        {
            Warnings = [$"Meta refused some webhook fields, so these kinds of events do not arrive: {string.Join(", ", wanted.Except(minimal))}."],
        };
    }

    /// <summary>Unsubscribes; changes nothing if the app is not subscribed.</summary>
    public async Task<ProviderError?> UnsubscribeAsync(ConnectionContext page, CancellationToken ct)
    {
        var (present, error) = await ReadAsync(page, ct);
        if (error is not null || present is null)
            return error;
        return Confirm(await graph.SendAsync(Request(HttpMethod.Delete, page), ct));
    }

    private async Task<ProviderError?> PostAsync(ConnectionContext page, IEnumerable<string> fields, CancellationToken ct) =>
        Confirm(await graph.SendAsync(Request(HttpMethod.Post, page, [new("subscribed_fields", string.Join(',', fields))]), ct));

    private static GraphRequest Request(HttpMethod method, ConnectionContext page, IReadOnlyList<KeyValuePair<string, string>>? form = null) => new()
    {
        Method = method,
        Path = $"{page.AccountId}/subscribed_apps",
        Token = page.AccessToken,
        Form = form,
        Budget = page.AccountId,
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
