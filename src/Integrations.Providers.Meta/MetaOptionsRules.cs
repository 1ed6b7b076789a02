namespace Integrations.Providers.Meta;

/// <summary>The rules for <see cref="MetaOptions"/>; each failure names the setting and the next step.</summary>
internal static class MetaOptionsRules
{
    public static IEnumerable<string> Check(MetaOptions options, string section) => [.. CheckApp(options, section), .. CheckShared(options, section)];

    /// <summary>The Meta app itself.</summary>
    public static IEnumerable<string> CheckApp(MetaOptions options, string section)
    {
        if (options.AppId.Length == 0 || !options.AppId.All(char.IsAsciiDigit))
            yield return $"{section}:AppId must be the app's id from the Meta app dashboard: digits only.";
        if (string.IsNullOrWhiteSpace(options.AppSecret))
            yield return $"{section}:AppSecret is not set. Without it webhooks cannot be verified. Copy it from App settings > Basic in the Meta app dashboard.";
    }

    /// <summary>What every way of connecting needs.</summary>
    public static IEnumerable<string> CheckShared(MetaOptions options, string section)
    {
        if (options.AppSecrets.Any(string.IsNullOrWhiteSpace))
            yield return $"{section}:AppSecrets holds an empty entry. Remove it.";
        if (string.IsNullOrWhiteSpace(options.VerifyToken))
            yield return $"{section}:VerifyToken is not set. Choose a random text and type the same into the webhook settings of the Meta app dashboard.";
        if (!IsVersion(options.GraphVersion))
            yield return $"{section}:GraphVersion must look like 'v26.0'.";
        if (!IsBase(options.GraphBaseUri))
            yield return $"{section}:GraphBaseUri must be an absolute https address without query (http on a loopback address only).";
        if (!IsBase(options.DialogBaseUri))
            yield return $"{section}:DialogBaseUri must be an absolute https address without query (http on a loopback address only).";
        if (options.RequestTimeout <= TimeSpan.Zero)
            yield return $"{section}:RequestTimeout must be longer than zero.";
        if (options.ConnectTimeout <= TimeSpan.Zero || options.ConnectTimeout > options.RequestTimeout)
            yield return $"{section}:ConnectTimeout must be longer than zero and no longer than RequestTimeout.";
        if (options.LoginConfigurationId is { Length: > 0 } id && !id.All(char.IsAsciiDigit))
            yield return $"{section}:LoginConfigurationId must be the id of a Facebook Login for Business configuration: digits only. Leave it empty for classic Facebook Login.";
        if (!options.OptionalScopes.All(IsWord))
            yield return $"{section}:OptionalScopes must hold names such as 'pages_read_engagement'.";
        if (!options.SubscribedFields.All(IsWord))
            yield return $"{section}:SubscribedFields must hold names such as 'messages'.";
    }

    private static bool IsWord(string? text) => text is { Length: > 0 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static bool IsVersion(string? text) =>
        text is ['v', .. var number] && number.Split('.') is [{ Length: > 0 } major, { Length: > 0 } minor]
        && major.All(char.IsAsciiDigit) && minor.All(char.IsAsciiDigit);

    public static bool IsBase(Uri? uri) =>
        uri is { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
