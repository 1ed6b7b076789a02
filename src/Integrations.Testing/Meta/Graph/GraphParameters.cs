using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Parameters of a call, wherever they came from: query, form or JSON body.</summary>
internal sealed class GraphParameters
{
    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    public List<string> QueryNames { get; } = [];

    public List<string> BodyNames { get; } = [];

    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Set when the request carried the same parameter twice or an unreadable body; told once the route is known.</summary>
    public GraphError? Problem { get; private set; }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        var node => node.ToJsonString(),
    };

    /// <summary>An object parameter: JSON in a JSON body, JSON text in a form or query.</summary>
    public JsonObject? Object(string name) => Node(name) switch
    {
        null => null,
        JsonObject found => found,
        _ => throw GraphErrors.Invalid($"param {name} must be an object.").AsException(),
    };

    public JsonNode? Node(string name)
    {
        var node = _values.GetValueOrDefault(name);
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
            return node;
        var text = value.GetValue<string>();
        if (!text.StartsWith('{') && !text.StartsWith('['))
            return node;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw GraphErrors.Invalid($"param {name} must be valid JSON.").AsException();
        }
    }

    /// <summary>A list parameter: a JSON array or words separated by commas.</summary>
    public IReadOnlyList<string> List(string name) => Node(name) switch
    {
        null => [],
        JsonArray array => [.. array.Select(item => item?.ToString() ?? "")],
        var node => node.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
    };

    /// <summary>Top-level names of a field expression: <c>id,instagram_business_account{id}</c> gives two.</summary>
    public static IEnumerable<string> SplitFields(string expression)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i <= expression.Length; i++)
        {
            var c = i < expression.Length ? expression[i] : ',';
            depth += c is '{' ? 1 : c is '}' ? -1 : 0;
            if (c != ',' || (depth > 0 && i < expression.Length))
                continue;
            var field = expression[start..i].Split('{')[0].Trim();
            start = i + 1;
            if (field.Length > 0)
                yield return field;
        }
    }

    /// <summary>What stands in the braces after a field: <c>id,username</c> of <c>name,instagram_business_account{id,username}</c>.</summary>
    public static string? InnerFields(string expression, string field)
    {
        var start = expression.IndexOf(field + "{", StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += field.Length + 1;
        var end = expression.IndexOf('}', start);
        return end < 0 ? null : expression[start..end];
    }

    public static async Task<GraphParameters> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var parameters = new GraphParameters();
        foreach (var (name, values) in request.Query)
            parameters.Add(name, [.. values.Select(value => JsonValue.Create(value))], parameters.QueryNames);
        if (request.HasFormContentType)
        {
            foreach (var (name, values) in await request.ReadFormAsync(ct))
                parameters.Add(name, [.. values.Select(value => JsonValue.Create(value))], parameters.BodyNames);
        }
        else if (request.HasJsonContentType())
        {
            await parameters.ReadJsonAsync(request, ct);
        }

        return parameters;
    }

    private async Task ReadJsonAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            if (await JsonNode.ParseAsync(request.Body, cancellationToken: ct) is not JsonObject body)
            {
                Problem = GraphErrors.Invalid("The body must be a JSON object.");
                return;
            }

            foreach (var (name, value) in body.ToArray())
                Add(name, [value], BodyNames);
        }
        catch (JsonException)
        {
            Problem = GraphErrors.Invalid("The body is not valid JSON.");
        }
    }

    private void Add(string name, JsonNode?[] values, List<string> names)
    {
        names.Add(name);
        if (values.Length > 1 || !_values.TryAdd(name, values.FirstOrDefault()))
            Problem = GraphErrors.Strict($"the parameter {name} came more than once.");
    }
}
