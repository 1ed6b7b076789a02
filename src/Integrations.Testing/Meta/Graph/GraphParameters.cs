using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Integrations.Testing;

/// <summary>Parameters of a call, wherever they came from: query, form or JSON body.</summary>
internal sealed class GraphParameters
{
    // The same property twice is a mistake of whoever wrote the body; which one counts would be chance.
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    public List<string> QueryNames { get; } = [];

    public List<string> BodyNames { get; } = [];

    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Whether the body was a form.</summary>
    public bool FromForm { get; private set; }

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
            return JsonNode.Parse(text, documentOptions: s_strict);
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

    public static async Task<GraphParameters> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var parameters = new GraphParameters();
        foreach (var (name, values) in request.Query)
            parameters.Add(name, [.. values.Select(value => JsonValue.Create(value))], parameters.QueryNames);
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
            return parameters;
        if (HttpMethods.IsGet(request.Method))
        {
            parameters.Problem = GraphErrors.Strict("GET takes its parameters in the query, not in a body.");
        }
        else if (request.HasFormContentType)
        {
            parameters.FromForm = true;
            foreach (var (name, values) in await request.ReadFormAsync(ct))
                parameters.Add(name, [.. values.Select(value => JsonValue.Create(value))], parameters.BodyNames);
        }
        else if (request.HasJsonContentType())
        {
            await parameters.ReadJsonAsync(request, ct);
        }
        else
        {
            parameters.Problem = GraphErrors.Strict("a body is a form or JSON, and its Content-Type says which.");
        }

        return parameters;
    }

    private async Task ReadJsonAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            if (await JsonNode.ParseAsync(request.Body, documentOptions: s_strict, cancellationToken: ct) is not JsonObject body)
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
