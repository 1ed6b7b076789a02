using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>What holds for every part of a details document, known or not: no property twice, and texts a database can store.</summary>
internal static class DetailsStructure
{
    public static IReadOnlyList<DetailsError> Check(JsonElement root)
    {
        var errors = new List<DetailsError>();
        Walk(root, "$", errors);
        return errors;
    }

    private static void Walk(JsonElement element, string path, List<DetailsError> errors)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WalkObject(element, path, errors);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Walk(item, FormattableString.Invariant($"{path}[{index++}]"), errors);
                break;
            case JsonValueKind.String when !IsStorable(element):
                errors.Add(new DetailsError { Path = path, Code = "not_storable", Message = "The text holds a character that cannot be stored. Type it again." });
                break;
        }
    }

    private static void WalkObject(JsonElement element, string path, List<DetailsError> errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                errors.Add(new DetailsError { Path = path, Code = "not_storable", Message = "A property's name holds a character that cannot be stored." });
                continue;
            }
            var inner = IsPlain(name) ? $"{path}.{name}" : $"{path}['{name}']";
            if (!names.Add(name))
                errors.Add(new DetailsError { Path = inner, Code = "duplicate_property", Message = "The property is there twice. Keep one." });
            Walk(property.Value, inner, errors);
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name is var name && !name.Contains('\0') ? name : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    // PostgreSQL's jsonb takes neither a zero character nor half of a surrogate pair.
    private static bool IsStorable(JsonElement text)
    {
        try
        {
            return !text.GetString()!.Contains('\0');
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
