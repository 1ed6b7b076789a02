namespace Integrations.Providers.ChatWidget;

/// <summary>An entry of <c>allowed_origins</c>: scheme, host and port, nothing more; the host may start with <c>*.</c></summary>
internal static class WidgetOrigin
{
    public static bool IsValid(string text)
    {
        const string separator = "://";
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
            return false;
        var host = text[(at + separator.Length)..];
        if (host.StartsWith("*.", StringComparison.Ordinal))
            host = host[2..];
        if (host.Contains('*') || !Uri.TryCreate(text[..(at + separator.Length)] + host, UriKind.Absolute, out var uri))
            return false;
        var isWeb = uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;
        // Also refuses paths, users, a trailing slash, capitals and default ports: Origin is compared as browsers write it.
        return isWeb && uri.UserInfo.Length == 0 && uri.GetLeftPart(UriPartial.Authority) == uri.Scheme + separator + host && !text.Any(char.IsAsciiLetterUpper);
    }
}
