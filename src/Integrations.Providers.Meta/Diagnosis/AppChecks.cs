using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>The Meta app itself: one for all accounts.</summary>
internal sealed class AppChecks(GraphClient graph)
{
    private const string Dashboard = "Look at Webhooks in the app dashboard: the callback address must be this host's, and the object's messages field subscribed.";

    /// <summary>
    /// Where the app's webhooks go. https://developers.facebook.com/docs/graph-api/reference/application/subscriptions
    /// </summary>
    /// <param name="objectName">The object of the channel.</param>
    /// <param name="isListed">Whether Meta lists that object: Instagram's is set up in the dashboard, and need not be there.</param>
    /// <param name="webhook">This host's address. Null if it has none.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ConnectionCheck> WebhookAsync(string objectName, bool isListed, Uri? webhook, CancellationToken ct)
    {
        var (items, error) = await graph.ListAsync(
            new GraphRequest { Method = HttpMethod.Get, Path = $"{graph.Options.AppId}/subscriptions", Token = graph.Options.AppToken(), Endpoint = GraphEndpoint.App }, ct);
        if (error is not null)
            return ConnectionCheck.Refused(WellKnownChecks.AppWebhook, CheckTitles.AppWebhook, error);
        foreach (var item in items)
            if (item.Text("object") == objectName)
                return Judge(item, objectName, webhook);
        return isListed
            ? ConnectionCheck.Failed(
                WellKnownChecks.AppWebhook, CheckTitles.AppWebhook, $"The app has no webhook for the object \"{objectName}\": Meta sends no event of any account.", Dashboard)
            : ConnectionCheck.Skipped(WellKnownChecks.AppWebhook, CheckTitles.AppWebhook, $"Meta does not list a webhook for the object \"{objectName}\", which is set up in the dashboard.", Dashboard);
    }

    /// <summary>No documented call tells the mode.</summary>
    public static ConnectionCheck Mode() => ConnectionCheck.Skipped(
        WellKnownChecks.AppMode, CheckTitles.AppMode, "Meta has no documented call that tells whether the app is published.",
        "Look at the top of the app dashboard. While the app is in development, only people with a role on the app can write, and their messages alone arrive.");

    /// <summary>How full the budget of an account is, from the headers of Meta's answers.</summary>
    public ConnectionCheck Budget(string account)
    {
        var (percent, pause) = graph.UsageOf(account);
        if (pause is { } left)
            return ConnectionCheck.Warning(
                WellKnownChecks.RateBudget, CheckTitles.RateBudget, $"The budget is used up: calls rest for another {Math.Ceiling(left.TotalMinutes):0} minutes.",
                "Wait: messages are kept and go out then. If it comes back, send less for this account.");
        return percent switch
        {
            null => ConnectionCheck.Ok(WellKnownChecks.RateBudget, CheckTitles.RateBudget, "Meta has not reported any use to this host; it does so once enough calls were made."),
            >= 80 => ConnectionCheck.Warning(
                WellKnownChecks.RateBudget, CheckTitles.RateBudget, $"{percent} percent of the hourly budget are used.", "Send less for this account for an hour: at 95 percent calls rest."),
            _ => ConnectionCheck.Ok(WellKnownChecks.RateBudget, CheckTitles.RateBudget, $"{percent} percent of the hourly budget are used."),
        };
    }

    private static ConnectionCheck Judge(JsonElement item, string objectName, Uri? webhook)
    {
        if (item.Flag("active") == false)
            return ConnectionCheck.Failed(WellKnownChecks.AppWebhook, CheckTitles.AppWebhook, $"The app's webhook for the object \"{objectName}\" is switched off.", Dashboard);
        var fields = item.Items("fields").Select(f => f.ValueKind == JsonValueKind.Object ? f.Text("name") : f.AsText()).ToList();
        if (fields.Count > 0 && !fields.Contains("messages"))
            return ConnectionCheck.Failed(WellKnownChecks.AppWebhook, CheckTitles.AppWebhook, $"The app's webhook for the object \"{objectName}\" leaves out the field messages.", Dashboard);
        // Channels of one app share one address, so the path may be another channel's.
        if (webhook is not null && Uri.TryCreate(item.Text("callback_url"), UriKind.Absolute, out var callback)
            && !string.Equals(callback.Authority, webhook.Authority, StringComparison.OrdinalIgnoreCase))
            return ConnectionCheck.Failed(
                WellKnownChecks.AppWebhook, CheckTitles.AppWebhook, $"The app sends its webhooks to {callback.Host}, and this host is {webhook.Host}.", Dashboard);
        return ConnectionCheck.Ok(WellKnownChecks.AppWebhook, CheckTitles.AppWebhook, $"The app sends the object \"{objectName}\" to this host.");
    }
}
