namespace Integrations.ConventionTests;

public sealed class LogEventTests
{
    private static readonly (string Project, int First, int Last)[] Ranges =
    [
        ("Integrations", 1000, 1999),
        ("Integrations.Providers.Meta", 2000, 2099),
        ("Integrations.Providers.Facebook", 2100, 2199),
        ("Integrations.Providers.Instagram", 2200, 2299),
        ("Integrations.Providers.ChatWidget", 2300, 2349),
        ("Integrations.Backplane.PostgreSql", 2350, 2369),
        ("Integrations.Backplane.Redis", 2370, 2389),
        ("Integrations.EntityFramework", 3000, 3099),
        ("Integrations.EntityFramework.Sqlite", 3000, 3099),
        ("Integrations.AspNetCore", 4000, 4099),
        ("Integrations.Testing", 5000, 5099),
        ("Integrations.Notifications.Email", 6000, 6099),
    ];

    [Fact]
    public void Log_events_have_unique_ids_and_names_in_their_packages_range()
    {
        var ids = new HashSet<int>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var logged in LogEvents.All)
        {
            var range = Ranges.Single(r => r.Project == logged.Project);
            Assert.InRange(logged.Id, range.First, range.Last);
            Assert.True(ids.Add(logged.Id), $"{logged.File}: event id {logged.Id} is used twice.");
            Assert.True(names.Add(logged.Name), $"{logged.File}: event name {logged.Name} is used twice.");
        }

        Assert.NotEmpty(ids);
    }

    /// <summary>The table is written from the source: run <c>eng/update-docs.sh</c> after changing a log message.</summary>
    [Fact]
    public void The_operations_page_lists_every_log_event_and_no_other()
    {
        var page = new GeneratedTable("docs/operations.md", "log events");
        page.UpdateIfAsked(["| Id | Name | Level | Says |", "|---|---|---|---|", .. LogEvents.All.Select(e => e.Row)]);

        Assert.Equal(LogEvents.All.Select(e => e.Row), page.Rows);
    }
}
