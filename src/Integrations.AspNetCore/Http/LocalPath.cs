using Microsoft.AspNetCore.WebUtilities;

namespace Integrations.AspNetCore;

/// <summary>Paths of this host that a browser may be sent to. Everything that could leave it is refused, not repaired.</summary>
internal static class LocalPath
{
    public const int MaxLength = 2000;

    // Only to let Uri encode what may not stand in a header. A path that starts with one '/' cannot change it.
    private const string AnyOrigin = "http://local.invalid";

    public static bool IsLocal(string? path)
    {
        if (path is null || path.Length is 0 or > MaxLength || path[0] != '/')
            return false;
        // Browsers drop tabs and line breaks and read '\' as '/', so "/\t/evil" and "/\evil" are another host.
        foreach (var c in path)
            if (char.IsControl(c) || c == '\\')
                return false;
        // A proxy that decodes once more would see "//evil".
        return !path.StartsWith("//", StringComparison.Ordinal)
            && !path.StartsWith("/%2f", StringComparison.OrdinalIgnoreCase)
            && !path.StartsWith("/%5c", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(AnyOrigin + path, UriKind.Absolute, out _);
    }

    /// <summary>As it may stand in a <c>Location</c> header; <c>/</c> if it is not local.</summary>
    public static string ToLocation(string? path) =>
        IsLocal(path) && new Uri(AnyOrigin + path) is var uri ? uri.PathAndQuery + uri.Fragment : "/";

    /// <summary>The path with query parameters added, before its fragment.</summary>
    public static string With(string? path, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var location = ToLocation(path);
        foreach (var (name, value) in parameters)
            location = QueryHelpers.AddQueryString(location, name, value);
        return location;
    }
}
