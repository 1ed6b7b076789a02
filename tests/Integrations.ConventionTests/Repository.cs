using System.Runtime.CompilerServices;

namespace Integrations.ConventionTests;

/// <summary>The source tree these tests look at.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    public static IReadOnlyList<string> SourceProjects { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        // In a deterministic build the compiler maps source paths, so the binary's own folder is the second way home.
        for (var folder = Path.GetDirectoryName(thisFile); folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Integrations.sln")))
                return folder;
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Integrations.sln")))
                return folder;
        throw new InvalidOperationException("Integrations.sln was not found above the tests.");
    }
}
