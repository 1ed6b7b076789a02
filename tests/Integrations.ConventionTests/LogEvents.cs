using System.Globalization;
using System.Text.RegularExpressions;

namespace Integrations.ConventionTests;

/// <summary>Every <c>[LoggerMessage]</c> of the source.</summary>
internal static partial class LogEvents
{
    public static IEnumerable<LogEvent> All { get; } = [.. Repository.SourceFiles("src").SelectMany(Read).OrderBy(e => e.Id)];

    private static IEnumerable<LogEvent> Read(string file)
    {
        var project = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Split('/')[0];
        foreach (Match attribute in Attribute().Matches(File.ReadAllText(file)))
        {
            var id = EventId().Match(attribute.Value);
            var name = EventName().Match(attribute.Value);
            Assert.True(id.Success && name.Success, $"{file}: a log message lacks EventId or EventName.");
            var text = Text().Matches(EventName().Replace(attribute.Value, "")).Select(m => m.Groups[1].Value).MaxBy(t => t.Length)!;
            yield return new LogEvent(project, file, int.Parse(id.Groups[1].Value + id.Groups[2].Value, CultureInfo.InvariantCulture),
                name.Groups[1].Value + name.Groups[2].Value, Level().Match(attribute.Value).Groups[1].Value, text.Replace("\\\"", "\"", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"\[LoggerMessage\((?:[^""\]]|""(?:[^""\\]|\\.)*"")*\)\]")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"EventId\s*=\s*(\d+)|LoggerMessage\((\d+)")]
    private static partial Regex EventId();

    [GeneratedRegex(@"EventName\s*=\s*""(\w+)""|EventName\s*=\s*nameof\((\w+)\)")]
    private static partial Regex EventName();

    [GeneratedRegex(@"LogLevel\.(\w+)")]
    private static partial Regex Level();

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Text();
}

/// <summary>One of them.</summary>
internal sealed record LogEvent(string Project, string File, int Id, string Name, string Level, string Text)
{
    public string Row => $"| {Id} | `{Name}` | {Level} | {Text.Replace("|", "\\|", StringComparison.Ordinal)} |";
}
