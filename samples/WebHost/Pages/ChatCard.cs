using Integrations;

namespace WebHost.Pages;

/// <summary>One agent on the page: how its channel stands, and the buttons that make sense then.</summary>
internal static class ChatCard
{
    public static string Render(string name, Guid chatId, IntegrationView? view, string antiforgeryField) => $"""
        <section>
          <h2>{Html.Text(name)}</h2>
          <p>Facebook Messenger: {Html.Text(Status(view))}</p>
          {(view?.LastError is { } error ? $"<p role=\"alert\">{Html.Text(error)}</p>" : "")}
          {(view is null ? "" : $"<p>{view.MessageCount} messages with {view.UserCount} people</p>")}
          {string.Join(' ', Actions(chatId, view, antiforgeryField))}
        </section>
        """;

    private static string Status(IntegrationView? view) => view switch
    {
        null or { State: ConnectionState.Pending } => "not connected",
        { State: ConnectionState.Disconnected } => "disconnected",
        { State: ConnectionState.ReconnectRequired } => $"must be connected again ({view.AccountName})",
        { IsLive: false } => $"connected to {view.AccountName}, not live",
        { IsActive: true } => $"live on {view.AccountName}",
        _ => $"{view.AccountName} has trouble ({view.State})",
    };

    private static IEnumerable<string> Actions(Guid chatId, IntegrationView? view, string antiforgeryField)
    {
        var isConnected = view is { State: not (ConnectionState.Pending or ConnectionState.Disconnected or ConnectionState.ReconnectRequired) };
        if (!isConnected)
            yield return $"<a href=\"/integrations/facebook/connect?chat_id={chatId}\">{(view?.AccountId is null ? "Connect" : "Connect again")}</a>";
        if (view is null)
            yield break;
        if (isConnected && !view.IsLive)
            yield return view.DeployedAt is null ? Html.Button("Deploy", $"/deploy/{chatId}", antiforgeryField) : Html.Button("Resume", $"/resume/{view.Key.IntegrationId}", antiforgeryField);
        if (view.IsLive)
            yield return Html.Button("Pause", $"/pause/{view.Key.IntegrationId}", antiforgeryField);
        if (view.State is not (ConnectionState.Pending or ConnectionState.Disconnected))
            yield return Html.Button("Disconnect", $"/disconnect/{view.Key.IntegrationId}", antiforgeryField);
    }
}
