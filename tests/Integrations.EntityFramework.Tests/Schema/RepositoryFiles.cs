namespace Integrations.EntityFramework.Tests.Schema;

/// <summary>Files of the repository this assembly was built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Integrations.sln")))
                return folder.FullName;
        throw new InvalidOperationException("The tests must run inside the repository: Integrations.sln was not found above them.");
    }
}
