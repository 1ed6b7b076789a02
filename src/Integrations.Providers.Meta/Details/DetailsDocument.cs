using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integrations.Providers.Meta;

/// <summary>
/// A details document while it is checked: parsed with comments and trailing commas, duplicate properties refused, unknown ones
/// kept. The rules fill defaults into <see cref="Root"/> and report by <see cref="Fail"/>.
/// </summary>
internal sealed class DetailsDocument
{
    private const int MaxLength = 64 * 1024;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly List<(int Order, DetailsError Error)> _errors = [];
    private readonly List<string> _order;

    private DetailsDocument(JsonObject root)
    {
        Root = root;
        _order = [.. root.Select(property => property.Key)];
    }

    /// <summary>The document, changed in place by the rules.</summary>
    public JsonObject Root { get; }

    /// <summary>Checks a document with a provider's rules.</summary>
    public static DetailsValidationResult Validate(string json, Action<DetailsDocument> rules)
    {
        if (json.Length > MaxLength)
            return Refuse("$", "too_long", FormattableString.Invariant($"The details may have at most {MaxLength} characters."));
        JsonElement element;
        try
        {
            element = JsonElement.Parse(json, Lenient);
        }
        catch (JsonException exception)
        {
            return Refuse("$", "not_json", FormattableString.Invariant(
                $"The details are not JSON: line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}."));
        }
        if (element.ValueKind != JsonValueKind.Object)
            return Refuse("$", "not_an_object", "The details must be a JSON object.");
        var structure = DetailsStructure.Check(element);
        if (structure.Count > 0)
            return DetailsValidationResult.Invalid(structure);

        var document = new DetailsDocument(JsonObject.Create(element)!);
        rules(document);
        return document._errors.Count == 0
            ? DetailsValidationResult.Valid(document.Root)
            : DetailsValidationResult.Invalid([.. document._errors.OrderBy(entry => entry.Order).Select(entry => entry.Error)]);
    }

    /// <summary>Reports an error at a property, or inside one: <c>scopes[1]</c>.</summary>
    public void Fail(string property, string code, string message, int? index = null)
    {
        var position = _order.IndexOf(property);
        var path = index is { } i ? FormattableString.Invariant($"$.{property}[{i}]") : $"$.{property}";
        _errors.Add((position < 0 ? int.MaxValue : position, new DetailsError { Path = path, Code = code, Message = message }));
    }

    /// <summary>The value of a property. Null if it is missing or null; an explicit null is removed, so that it means the same.</summary>
    public JsonNode? Find(string property)
    {
        if (Root.TryGetPropertyValue(property, out var value) && value is null)
            Root.Remove(property);
        return value;
    }

    /// <summary>A text property. Null if it is missing or wrong; the error is reported.</summary>
    public string? Text(string property, int maxLength, bool isRequired = false)
    {
        var value = Find(property);
        if (value is null)
        {
            if (isRequired)
                Fail(property, "required", $"{property} is missing.");
            return null;
        }
        if (value.GetValueKind() != JsonValueKind.String)
        {
            Fail(property, "not_a_text", $"{property} must be a text in quotes.");
            return null;
        }
        var text = value.GetValue<string>();
        if (text.Length <= maxLength)
            return text;
        Fail(property, "too_long", FormattableString.Invariant($"{property} may have at most {maxLength} characters."));
        return null;
    }

    /// <summary>A true-or-false property; a missing one gets its default.</summary>
    public void Flag(string property, bool defaultValue)
    {
        var value = Find(property);
        if (value is null)
            Root[property] = defaultValue;
        else if (value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            Fail(property, "not_a_boolean", $"{property} must be true or false.");
    }

    private static DetailsValidationResult Refuse(string path, string code, string message) =>
        DetailsValidationResult.Invalid(new DetailsError { Path = path, Code = code, Message = message });
}
