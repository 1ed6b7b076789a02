using System.Collections.Frozen;

namespace Integrations.Providers.Meta;

/// <summary>Says what a Graph error means, by its code, subcode and the HTTP status. Never by its text.</summary>
internal static class GraphErrorClassifier
{
    private static readonly FrozenDictionary<(int, int), GraphErrorTable.Row> Rows =
        GraphErrorTable.Rows.ToFrozenDictionary(row => (row.Code, row.Subcode));

    private static readonly FrozenDictionary<(int, int), GraphErrorTable.Row> OAuthRows =
        GraphErrorTable.OAuthRows.ToFrozenDictionary(row => (row.Code, row.Subcode));

    public static ProviderError Classify(GraphError error, int status, GraphEndpoint endpoint = GraphEndpoint.Graph, TimeSpan? retryAfter = null)
    {
        var row = Find(error, status, endpoint);
        return new ProviderError
        {
            Kind = row.Kind,
            Code = error.Code == 0 && error.Subcode == 0 ? FormattableString.Invariant($"http_{status}") : error.Name,
            SafeMessage = row.Text,
            RetryAfter = retryAfter,
            TraceId = error.TraceId,
            HttpStatus = status,
        };
    }

    private static GraphErrorTable.Row Find(GraphError error, int status, GraphEndpoint endpoint)
    {
        if (status == 429)
            return GraphErrorTable.Throttled;
        var row = Look(error, endpoint);
        // Meta marks throttling as transient too, and a lost reply stays lost: these two rows say more than the mark does.
        if (row is { Kind: ProviderErrorKind.RateLimited or ProviderErrorKind.OutcomeUnknown })
            return row.Value;
        if (error.IsTransient)
            return GraphErrorTable.ServerError;
        return row ?? (status >= 500 ? GraphErrorTable.ServerError : GraphErrorTable.Refused);
    }

    private static GraphErrorTable.Row? Look(GraphError error, GraphEndpoint endpoint)
    {
        if (endpoint == GraphEndpoint.OAuth && OAuthRows.TryGetValue((error.Code, 0), out var row))
            return row;
        if (endpoint == GraphEndpoint.App && error.Code is (102 or 190))
            return GraphErrorTable.AppTokenRefused;
        if (error.Subcode != 0 && (Rows.TryGetValue((error.Code, error.Subcode), out row) || Rows.TryGetValue((0, error.Subcode), out row)))
            return row;
        if (error is { Code: 100, Subcode: 0, IsMethodRefused: true })
            return GraphErrorTable.MethodRefused;
        if (Rows.TryGetValue((error.Code, 0), out row))
            return row;
        return error.Code is >= 200 and <= 299 ? GraphErrorTable.PermissionRange : null;
    }
}
