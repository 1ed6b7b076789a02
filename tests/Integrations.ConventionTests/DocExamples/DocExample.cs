using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Integrations.ConventionTests;

/// <summary>One C# example of a page. It may use the types that earlier examples of its page declare.</summary>
internal sealed partial class DocExample
{
    private static readonly CSharpParseOptions Language = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)),
    ];

    public required string Page { get; init; }

    public required int Line { get; init; }

    public required string Code { get; init; }

    /// <summary>The examples of the same page before this one, in order.</summary>
    public required IReadOnlyList<DocExample> Earlier { get; init; }

    public static IReadOnlyList<DocExample> Of(string page)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page));
        var examples = new List<DocExample>();
        foreach (Match match in Fence().Matches(text))
            examples.Add(new DocExample
            {
                Page = page,
                Line = text.AsSpan(0, match.Index).Count('\n') + 2,
                Code = match.Groups["code"].Value,
                Earlier = [.. examples],
            });
        return examples;
    }

    /// <summary>
    /// What keeps it from compiling. An example is a program, or members of a class, or of a migration: the first reading that compiles
    /// counts, and otherwise the errors are those of the best.
    /// </summary>
    public IReadOnlyList<string> Errors() =>
        new[] { Code, $"static partial class Example {{\n{Code}\n}}", $"partial class Example : Microsoft.EntityFrameworkCore.Migrations.Migration {{\n{Code}\n}}" }
            .Select(Compile).MinBy(errors => errors.Length)!;

    private string[] Compile(string reading)
    {
        var program = Parse(reading);
        var declared = TypesIn(program).ToHashSet(StringComparer.Ordinal);
        var earlier = Earlier.Select(e => TypesOnly(Parse(e.Code), declared)).ToList();
        SyntaxTree[] trees = [.. new[] { Parse(DocSurroundings.Usings), Parse(DocSurroundings.Types), StatementsFirst(program) }.Concat(earlier)];
        var options = new CSharpCompilationOptions(
            program.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any() ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable);
        return
        [
            .. CSharpCompilation.Create("example", trees, References, options).GetDiagnostics()
                .Where(d => d.Severity == DiagnosticSeverity.Error)
                .Select(d => $"{Page}:{Line + d.Location.GetLineSpan().StartLinePosition.Line} {d.Id} {d.GetMessage(null)}"),
        ];
    }

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, Language);

    private static IEnumerable<string> TypesIn(SyntaxTree tree) =>
        tree.GetCompilationUnitRoot().Members.OfType<BaseTypeDeclarationSyntax>().Select(t => t.Identifier.Text);

    /// <summary>A page may show a class before the statements that use it; the compiler wants them the other way round.</summary>
    private static SyntaxTree StatementsFirst(SyntaxTree tree)
    {
        var root = tree.GetCompilationUnitRoot();
        return root.Members.SkipWhile(m => m is GlobalStatementSyntax).Any(m => m is GlobalStatementSyntax)
            ? Parse(root.WithMembers([.. root.Members.OrderBy(m => m is not GlobalStatementSyntax)]).ToFullString())
            : tree;
    }

    private static SyntaxTree TypesOnly(SyntaxTree tree, HashSet<string> except)
    {
        var root = tree.GetCompilationUnitRoot();
        return CSharpSyntaxTree.Create(
            root.WithMembers([.. root.Members.OfType<BaseTypeDeclarationSyntax>().Where(t => !except.Contains(t.Identifier.Text))]), Language);
    }

    [GeneratedRegex(@"^ *```csharp\n(?<code>.*?)^ *```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
