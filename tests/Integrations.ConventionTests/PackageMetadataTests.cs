using System.Xml.Linq;

namespace Integrations.ConventionTests;

public sealed class PackageMetadataTests
{
    [Fact]
    public void Every_package_has_a_description_and_a_readme_that_names_it()
    {
        foreach (var project in Repository.SourceProjects)
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.False(string.IsNullOrWhiteSpace(XDocument.Load(project).Descendants("Description").SingleOrDefault()?.Value), $"{name} has no description.");
            var readme = Path.Combine(Path.GetDirectoryName(project)!, "README.md");
            Assert.True(File.Exists(readme), $"{name} has no README.md.");
            Assert.Contains(name, File.ReadAllText(readme), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_package_records_its_public_api()
    {
        foreach (var project in Repository.SourceProjects)
            foreach (var file in new[] { "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt" })
                Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(project)!, file)), $"{project} lacks {file}.");
    }
}
