using System.Text.RegularExpressions;

namespace Integrations.ConventionTests;

public sealed partial class FileShapeTests
{
    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var tooLong = new[] { "src", "samples", "tests", "benchmarks" }.SelectMany(Repository.SourceFiles)
            .Select(file => (file, lines: File.ReadLines(file).Count()))
            .Where(f => f.lines > 400)
            .Select(f => $"{Path.GetRelativePath(Repository.Root, f.file)}: {f.lines}");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void The_median_source_file_is_at_most_60_lines()
    {
        var lines = Repository.SourceFiles("src").Select(file => File.ReadLines(file).Count()).Order().ToList();
        Assert.InRange(lines[lines.Count / 2], 1, 60);
    }

    [Fact]
    public void Public_types_stand_at_the_root_of_their_project()
    {
        // Abstractions is public throughout and sorted into feature folders.
        var misplaced = Repository.SourceProjects
            .Where(p => !p.EndsWith("Integrations.Abstractions.csproj", StringComparison.Ordinal))
            .Select(p => Path.GetDirectoryName(p)!)
            .SelectMany(folder => Directory.EnumerateDirectories(folder).Where(d => Path.GetFileName(d) is not ("obj" or "bin" or "Conformance")))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => PublicType().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.Empty(misplaced);
    }

    [Fact]
    public void No_source_file_waits_for_a_task_or_hides_a_fault()
    {
        var offenders = Repository.SourceFiles("src")
            .Where(file => Forbidden().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.Empty(offenders);
    }

    [GeneratedRegex(@"^public (sealed |static |abstract |readonly |partial )*(class|struct|record|interface|enum|delegate) ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(\)|NotImplementedException|catch\s*(\(Exception\))?\s*\{\s*\}|\bdynamic\b |ServerCertificateCustomValidationCallback")]
    private static partial Regex Forbidden();
}
