using System.Text.RegularExpressions;

namespace Integrations.ConventionTests;

/// <summary>The table of <c>docs/security.md</c> names tests that exist, and leaves no line without one or without a reason.</summary>
public sealed partial class SecurityPageTests
{
    private static IReadOnlyList<(int Number, string Claim, string Proof)> Lines { get; } =
    [
        .. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md")))
            .Select(m => (int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups[2].Value, m.Groups[3].Value)),
    ];

    private static HashSet<string> Tests { get; } = [.. Repository.SourceFiles("tests").Concat(Repository.SourceFiles("src/Integrations.Testing/Conformance")).SelectMany(TestsOf)];

    [Fact]
    public void The_list_has_its_forty_lines_in_order() => Assert.Equal(Enumerable.Range(1, 40), Lines.Select(l => l.Number));

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        Assert.True(Tests.Count > 500, $"Only {Tests.Count} tests were found: has their form changed?");
        Assert.All(Lines.SelectMany(l => Named(l.Proof)), name => Assert.Contains(name, Tests));
    }

    [Fact]
    public void Every_line_names_a_test_or_says_why_it_does_not_apply() =>
        Assert.All(Lines, l => Assert.True(Named(l.Proof).Any() || NoTest().IsMatch(l.Proof), $"Line {l.Number} proves nothing: {l.Proof}"));

    private static IEnumerable<string> Named(string proof) => Name().Matches(proof).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> TestsOf(string file)
    {
        var type = "";
        foreach (Match match in Declaration().Matches(File.ReadAllText(file)))
        {
            if (match.Groups[1].Success)
                type = match.Groups[1].Value;
            else
                yield return $"{type}.{match.Groups[2].Value}";
        }
    }

    [GeneratedRegex(@"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+\.\w+_\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^Does not apply: .{20,}")]
    private static partial Regex NoTest();

    [GeneratedRegex(@"^(?:public|internal) (?:\w+ )*class (\w+)|^    \[(?:Fact|Theory)[^\n]*\n(?:(?!^    (?:public|private|internal)).*\n)*?    public (?:async )?\w+ (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
