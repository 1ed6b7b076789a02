namespace Integrations.Providers.Meta;

/// <summary>Whether the person who connected may still answer in the Page's name.</summary>
internal sealed class PageRoleCheck(GraphClient graph, PageTokens pages)
{
    private const string Fix = "Let an admin of the Page give that person the task \"Messages\" again, or let another admin connect the account.";

    /// <param name="connection">The connection: its refresh token is the person's.</param>
    /// <param name="pageId">The Page. Null if it is not known.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ConnectionCheck> RunAsync(ConnectionContext connection, string? pageId, CancellationToken ct)
    {
        if (connection.RefreshToken.IsEmpty || pageId is null)
            return ConnectionCheck.Skipped(WellKnownChecks.AccountRole, CheckTitles.Role, "No token of the person who connected is kept, so the role cannot be read.");
        // Meta lists tasks here only.
        var (items, error) = await graph.ListAsync(GraphRequest.Get("me/accounts", connection.RefreshToken, "name,tasks"), ct);
        if (error is not null)
            return ConnectionCheck.Refused(WellKnownChecks.AccountRole, CheckTitles.Role, error);
        foreach (var page in items)
            if (page.Text("id") == pageId)
                return PageTasks.AllowMessaging(page)
                    ? ConnectionCheck.Ok(WellKnownChecks.AccountRole, CheckTitles.Role, $"The person who connected may answer for Page {pageId}.")
                    : Lost($"The person who connected is on Page {pageId} and may not handle its messages: {Tasks(page)}.");
        // A business's Page is missing there: reading its token shows the role.
        var (_, refused) = await pages.OpenAsync(new UserToken(connection.RefreshToken, Life: null), pageId, fields: string.Empty, ct);
        return refused switch
        {
            null => ConnectionCheck.Ok(WellKnownChecks.AccountRole, CheckTitles.Role, $"The person who connected can open Page {pageId}; Meta does not list the tasks of a business's Page."),
            { Kind: ProviderErrorKind.Transient or ProviderErrorKind.RateLimited or ProviderErrorKind.Configuration } =>
                ConnectionCheck.Refused(WellKnownChecks.AccountRole, CheckTitles.Role, refused),
            _ => Lost($"The person who connected can no longer open Page {pageId} ({refused.Code}): the role was taken away, or the Page was unticked."),
        };
    }

    private static string Tasks(System.Text.Json.JsonElement page) =>
        page.Texts("tasks") is { Count: > 0 } tasks ? "only " + string.Join(", ", tasks.Where(IsName).Take(10)) : "no task at all";

    // What is quoted in a report is a name of the platform's, never a text.
    private static bool IsName(string task) => task.Length <= 64 && task.All(c => char.IsAsciiLetterUpper(c) || c == '_');

    private static ConnectionCheck Lost(string evidence) => ConnectionCheck.Failed(WellKnownChecks.AccountRole, CheckTitles.Role, evidence, Fix);
}
