namespace Integrations.AspNetCore;

/// <summary>
/// Whether pages of an origin may use a widget. It keeps other websites from using it in browsers, and stops nobody who writes
/// requests by hand.
/// </summary>
internal static class WidgetOrigins
{
    /// <param name="allowed">The widget's list. Empty for anywhere.</param>
    /// <param name="origin">As the browser sent it.</param>
    /// <param name="own">The host's own.</param>
    public static bool Allows(IReadOnlyList<string> allowed, string origin, string own)
    {
        // Sandboxed frames and files say "null": that is no place.
        if (origin == "null")
            return false;
        if (allowed.Count == 0 || string.Equals(origin, own, StringComparison.Ordinal))
            return true;
        foreach (var entry in allowed)
            if (Matches(entry, origin))
                return true;
        return false;
    }

    private static bool Matches(string entry, string origin)
    {
        var star = entry.IndexOf("//*.", StringComparison.Ordinal);
        if (star < 0)
            return string.Equals(entry, origin, StringComparison.Ordinal);
        // "https://*.example.com": the same scheme, at least one label more, and the dot belongs to the suffix.
        var scheme = entry.AsSpan(0, star + 2);
        var suffix = entry.AsSpan(star + 3);
        return origin.Length > scheme.Length + suffix.Length
            && origin.AsSpan().StartsWith(scheme, StringComparison.Ordinal)
            && origin.AsSpan().EndsWith(suffix, StringComparison.Ordinal);
    }
}
