using System.Globalization;

namespace Integrations.Testing;

/// <summary>Graph versions that answer: v21.0 (oldest of the official table) up to the simulator's newest.</summary>
internal static class GraphVersions
{
    private const int Oldest = 21;

    public static bool LooksLike(string segment) => Major(segment) is not null;

    public static bool Exists(string segment, string newest) => Major(segment) is { } major && major >= Oldest && major <= Major(newest);

    private static int? Major(string segment) =>
        segment.Length > 3 && segment.StartsWith('v') && segment.EndsWith(".0", StringComparison.Ordinal)
        && int.TryParse(segment.AsSpan(1, segment.Length - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : null;
}
