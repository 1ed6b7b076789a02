using System.Text.RegularExpressions;

namespace Integrations.ConventionTests;

public sealed partial class LogEventTests
{
    private static readonly (string Project, int First, int Last)[] Ranges =
    [
        ("Integrations", 1000, 1999),
        ("Integrations.Providers.Meta", 2000, 2099),
        ("Integrations.Providers.Facebook", 2100, 2199),
        ("Integrations.Providers.Instagram", 2200, 2299),
        ("Integrations.Providers.ChatWidget", 2300, 2399),
        ("Integrations.EntityFramework", 3000, 3099),
        ("Integrations.EntityFramework.Sqlite", 3000, 3099),
        ("Integrations.AspNetCore", 4000, 4099),
        ("Integrations.Testing", 5000, 5099),
    ];

    [Fact]
    public void Log_events_have_unique_ids_and_names_in_their_packages_range()
    {
        var ids = new HashSet<int>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Repository.SourceFiles("src"))
        {
            var project = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Split('/')[0];
            foreach (Match attribute in LoggerMessage().Matches(File.ReadAllText(file)))
            {
                var id = EventId().Match(attribute.Value);
                var name = EventName().Match(attribute.Value);
                Assert.True(id.Success && name.Success, $"{file}: a log message lacks EventId or EventName.");
                var number = int.Parse(id.Groups[1].Value + id.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
                var range = Ranges.Single(r => r.Project == project);
                Assert.InRange(number, range.First, range.Last);
                Assert.True(ids.Add(number), $"{file}: event id {number} is used twice.");
                Assert.True(names.Add(name.Groups[1].Value + name.Groups[2].Value), $"{file}: event name {name.Groups[1].Value} is used twice.");
            }
        }

        Assert.NotEmpty(ids);
    }

    [GeneratedRegex(@"\[LoggerMessage\((?:[^""\]]|""(?:[^""\\]|\\.)*"")*\)\]")]
    private static partial Regex LoggerMessage();

    [GeneratedRegex(@"EventId\s*=\s*(\d+)|LoggerMessage\((\d+)")]
    private static partial Regex EventId();

    [GeneratedRegex(@"EventName\s*=\s*""(\w+)""|EventName\s*=\s*nameof\((\w+)\)")]
    private static partial Regex EventName();
}
