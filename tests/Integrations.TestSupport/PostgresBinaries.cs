namespace Integrations.TestSupport;

/// <summary>Finds PostgreSQL's server programs: on PATH, or where Debian keeps them off it.</summary>
internal static class PostgresBinaries
{
    public static string? FindFolder()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(VersionOf).Select(version => Path.Combine(version, "bin"))
            : [];
        // Real folders first: what lies on PATH may be a wrapper of one of them.
        return versions.Concat(folders).FirstOrDefault(folder => Has(folder, "initdb") && Has(folder, "pg_ctl") && Has(folder, "postgres"));
    }

    private static int VersionOf(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;

    private static bool Has(string folder, string program) =>
        File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe"));
}
