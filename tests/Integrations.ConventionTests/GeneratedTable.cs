namespace Integrations.ConventionTests;

/// <summary>A table of a page that is written from the source, between two comments that name it.</summary>
internal sealed class GeneratedTable
{
    private readonly string _file;
    private readonly string _begin;
    private readonly string _end;

    public GeneratedTable(string page, string name)
    {
        _file = Path.Combine(Repository.Root, page);
        (_begin, _end) = ($"<!-- {name}: written by eng/update-docs.sh -->", $"<!-- end of {name} -->");
    }

    /// <summary>The rows below the heading.</summary>
    public IReadOnlyList<string> Rows => [.. Lines.Skip(2)];

    private IEnumerable<string> Lines => File.ReadAllLines(_file).SkipWhile(l => l != _begin).Skip(1).TakeWhile(l => l != _end).Where(l => l.Length > 0);

    public void UpdateIfAsked(IReadOnlyList<string> table)
    {
        if (Environment.GetEnvironmentVariable("INTEGRATIONS_UPDATE_DOCS") != "1")
            return;
        var lines = File.ReadAllLines(_file);
        string[] updated = [.. lines.TakeWhile(l => l != _begin), _begin, .. table, .. lines.SkipWhile(l => l != _end)];
        if (!updated.SequenceEqual(lines))
            File.WriteAllLines(_file, updated);
    }
}
