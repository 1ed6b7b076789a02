using System.Text.RegularExpressions;

namespace Integrations.ConventionTests;

/// <summary>The page that tells operators what is measured tells the truth.</summary>
public sealed partial class OperationsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

    private static IReadOnlyList<(string Kind, string Name, string Unit)> Instruments { get; } =
    [
        .. Repository.SourceFiles("src").SelectMany(f => Instrument().Matches(File.ReadAllText(f)))
            .Select(m => (Kind: m.Groups[1].Value, Name: m.Groups[2].Value, Unit: m.Groups[3].Value))
            .Select(i => i.Kind == "Seconds" ? ("Histogram", i.Name, "s") : i),
    ];

    [Fact]
    public void Every_metric_is_listed_with_its_kind_and_unit_and_no_other()
    {
        Assert.NotEmpty(Instruments);
        var listed = Row().Matches(Page).Select(m => (m.Groups[2].Value, m.Groups[1].Value, m.Groups[3].Value));
        Assert.Equal(Instruments.Order(), listed.Order());
    }

    [Fact]
    public void Sample_queries_ask_for_metrics_that_exist()
    {
        HashSet<string> exported = [.. Instruments.SelectMany(Exported), "integrations_type", "integrations_state", "integrations_direction"];
        var asked = Query().Matches(Page).SelectMany(q => Metric().Matches(q.Groups[1].Value)).Select(m => m.Value).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(name, exported));
    }

    /// <summary>As the Prometheus exporters of OpenTelemetry name them: dots become underscores, units other than annotations a suffix.</summary>
    private static IEnumerable<string> Exported((string Kind, string Name, string Unit) instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument.Kind switch
        {
            "Counter" => [name + "_total"],
            "Histogram" => [name + "_bucket", name + "_count", name + "_sum"],
            _ => [name],
        };
    }

    [GeneratedRegex(@"(?:Create)?(Counter|ObservableGauge|Seconds)(?:<\w+>)?\((?:meter, )?""(integrations\.[a-z_.]+)""(?:, census\.\w+)?, (?:""([^""]+)"")?")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^\| `(integrations\.[a-z_.]+)` \| (\w+) \| `?([^`|]+?)`? \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"```promql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Query();

    [GeneratedRegex(@"\bintegrations_[a-z_]+")]
    private static partial Regex Metric();
}
