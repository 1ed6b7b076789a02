namespace Integrations.Testing;

/// <summary>The parameter <c>fields</c>: names, and in braces after a name what is asked of the node behind it.</summary>
internal sealed class FieldExpression
{
    private readonly List<(string Name, FieldExpression? Inner)> _fields = [];

    public IReadOnlyList<(string Name, FieldExpression? Inner)> Fields => _fields;

    /// <summary><c>id,instagram_business_account{id,username}</c> has two fields, the second with two of its own.</summary>
    public static FieldExpression Parse(string text)
    {
        var at = 0;
        var parsed = Parse(text, ref at);
        return at == text.Length ? parsed : throw Broken(text, at);
    }

    private static FieldExpression Parse(string text, ref int at)
    {
        var expression = new FieldExpression();
        while (true)
        {
            var start = at;
            while (at < text.Length && text[at] is not (',' or '{' or '}'))
                at++;
            var name = text[start..at].Trim();
            FieldExpression? inner = null;
            if (at < text.Length && text[at] == '{')
            {
                at++;
                inner = Parse(text, ref at);
                if (name.Length == 0 || at == text.Length)
                    throw Broken(text, at);
                at++; // the closing brace
            }

            if (name.Length > 0)
                expression._fields.Add((name, inner));
            if (at == text.Length || text[at] == '}')
                return expression;
            if (text[at] != ',')
                throw Broken(text, at);
            at++;
        }
    }

    private static GraphErrorException Broken(string text, int at) => GraphErrors.FieldSyntax(text, at).AsException();
}
