namespace Integrations;

/// <summary>Paths of this host that a browser may be sent back to.</summary>
internal static class LocalPath
{
    private const int MaxLength = 2048;

    /// <summary>
    /// True for <c>/</c> and <c>/path?query</c>. Browsers read <c>//host</c> and <c>/\host</c> as another site and drop control
    /// characters before they look, so those are refused.
    /// </summary>
    public static bool IsLocal(string path) =>
        path.Length is > 0 and <= MaxLength
        && path[0] == '/'
        && !(path.Length > 1 && path[1] is ('/' or '\\'))
        && !path.Any(char.IsControl);
}
