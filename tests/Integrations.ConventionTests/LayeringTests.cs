using System.Xml.Linq;

namespace Integrations.ConventionTests;

public sealed class LayeringTests
{
    // Who may reference whom: the table of docs/architecture.md.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Integrations.Abstractions"] = [],
        ["Integrations"] = ["Integrations.Abstractions"],
        ["Integrations.Providers.Meta"] = ["Integrations.Abstractions"],
        ["Integrations.Providers.Facebook"] = ["Integrations.Abstractions", "Integrations.Providers.Meta"],
        ["Integrations.Providers.Instagram"] = ["Integrations.Abstractions", "Integrations.Providers.Meta"],
        ["Integrations.Providers.ChatWidget"] = ["Integrations.Abstractions"],
        ["Integrations.EntityFramework"] = ["Integrations.Abstractions"],
        ["Integrations.EntityFramework.Sqlite"] = ["Integrations.EntityFramework"],
        ["Integrations.Notifications.Email"] = ["Integrations.Abstractions"],
        ["Integrations.Backplane.PostgreSql"] = ["Integrations.Abstractions"],
        ["Integrations.Backplane.Redis"] = ["Integrations.Abstractions"],
        ["Integrations.AspNetCore"] = ["Integrations"],
        ["Integrations.Testing"] = ["Integrations.Abstractions"],
    };

    [Fact]
    public void Projects_reference_only_what_the_architecture_allows()
    {
        foreach (var project in Repository.SourceProjects)
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.True(Allowed.ContainsKey(name), $"{name} is not in the architecture's table. Add it there and here.");
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
            Assert.Empty(references.Except(Allowed[name]));
        }
    }

    [Fact]
    public void Abstractions_has_one_package_dependency()
    {
        var project = Repository.SourceProjects.Single(p => p.EndsWith("Integrations.Abstractions.csproj", StringComparison.Ordinal));
        var packages = XDocument.Load(project).Descendants("PackageReference").Select(p => p.Attribute("Include")!.Value);
        Assert.Equal(["Microsoft.Extensions.DependencyInjection.Abstractions"], packages);
    }
}
