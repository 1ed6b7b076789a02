namespace Integrations.Providers.Meta;

/// <summary>One Graph API call. Secrets go into <see cref="Token"/> (a header) or <see cref="Form"/> (the body), never into the address.</summary>
internal sealed class GraphRequest
{
    public required HttpMethod Method { get; init; }

    /// <summary>Below the version, for example <c>me/accounts</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The API that is called. Null for the Graph API.</summary>
    public GraphHost? Host { get; init; }

    /// <summary>What the call is made with. Empty for none.</summary>
    public Secret Token { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>>? Form { get; init; }

    public ReadOnlyMemory<byte>? Json { get; init; }

    public GraphEndpoint Endpoint { get; init; }

    /// <summary>Whose budget the call is on: a Page's id, or <see cref="GraphThrottle.AppBudget"/>.</summary>
    public string Budget { get; init; } = GraphThrottle.AppBudget;

    /// <summary>True if doing it twice does harm: then a lost answer is <see cref="ProviderErrorKind.OutcomeUnknown"/>.</summary>
    public bool IsSend { get; init; }

    /// <summary>How long it is waited for, if less than the option allows. Null for what the option says.</summary>
    public TimeSpan? AtMost { get; init; }

    public static GraphRequest Get(string path, Secret token, string? fields = null, GraphHost? host = null) =>
        new() { Method = HttpMethod.Get, Path = path, Token = token, Host = host, Query = fields is null ? [] : [new("fields", fields)] };

    /// <summary>A call to the token endpoint. POST, although GET works too: the secret stays out of the address.</summary>
    public static GraphRequest OAuth(params IReadOnlyList<KeyValuePair<string, string>> form) =>
        new() { Method = HttpMethod.Post, Path = "oauth/access_token", Form = form, Endpoint = GraphEndpoint.OAuth };
}
