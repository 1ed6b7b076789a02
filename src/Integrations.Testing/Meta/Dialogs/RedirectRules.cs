namespace Integrations.Testing;

/// <summary>Which URLs the app settings accept.</summary>
internal static class RedirectRules
{
    public static bool IsSecure(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);

    /// <summary>Puts a URI on the list, as it was written and in its canonical form.</summary>
    public static void Add(HashSet<string> list, Uri uri)
    {
        list.Add(uri.OriginalString);
        list.Add(uri.AbsoluteUri);
    }

    /// <summary>Compares character by character: what a URI parser takes for the same is another URI here.</summary>
    public static bool Allows(MetaWorld world, string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || !IsSecure(uri) || uri.Fragment.Length > 0)
            return false;
        lock (world.Gate)
            return world.RedirectUris.Count == 0 ? uri.IsLoopback : world.RedirectUris.Contains(value);
    }
}
