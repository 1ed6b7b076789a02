namespace Integrations.ConventionTests;

/// <summary>What the pages and readmes show compiles against what is shipped.</summary>
public sealed class DocExampleTests
{
    public static TheoryData<string> Pages =>
    [
        .. new[] { "README.md" }
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(f => $"docs/{Path.GetFileName(f)}"))
            .Concat(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(f => $"src/{Path.GetFileName(f)}/README.md"))
            .Where(page => File.Exists(Path.Combine(Repository.Root, page)) && DocExample.Of(page).Count > 0).Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Pages))]
    public void Every_example_compiles(string page) => Assert.Empty(DocExample.Of(page).SelectMany(e => e.Errors()));

    [Fact]
    public void An_example_that_does_not_compile_is_found_at_its_line()
    {
        var example = new DocExample { Page = "a.md", Line = 10, Code = "var builder = WebApplication.CreateBuilder();\nbuilder.Services.AddIntegration();\n", Earlier = [] };

        Assert.StartsWith("a.md:11 CS1061", Assert.Single(example.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_for_authors_and_the_first_page_have_examples()
    {
        string[] pages = ["README.md", "docs/writing-a-provider.md", "docs/writing-a-store.md", "src/Integrations/README.md"];

        Assert.All(pages, page => Assert.NotEmpty(DocExample.Of(page)));
    }
}
