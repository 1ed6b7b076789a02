using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integrations.Providers.Meta;

/// <summary>Rules for properties that several platforms' details share.</summary>
internal static class DetailsRules
{
    private const int MaxEmailLength = 254;
    private const int MaxTokenLength = 8192;
    private const int MaxScopeLength = 64;

    /// <summary>A Page's or account's id: digits, in quotes since they are too long for a JSON number.</summary>
    public static void Id(this DetailsDocument document, string property, bool isRequired)
    {
        if (document.Text(property, maxLength: 32, isRequired) is { } id && (id.Length == 0 || !id.All(char.IsAsciiDigit)))
            document.Fail(property, "not_an_id", $"{property} must be the platform's id: digits only, in quotes.");
    }

    public static void Name(this DetailsDocument document, string property, bool isRequired)
    {
        if (document.Text(property, maxLength: 500, isRequired) is { } name && string.IsNullOrWhiteSpace(name))
            document.Fail(property, "empty", $"{property} must not be empty.");
    }

    /// <summary>A token. Messages about it never repeat it.</summary>
    public static void Token(this DetailsDocument document, string property, bool isRequired)
    {
        if (document.Text(property, MaxTokenLength, isRequired) is { } token && (token.Length == 0 || token.Any(c => c is <= ' ' or > '~')))
            document.Fail(property, "not_a_token", $"{property} must be a token without spaces.");
    }

    /// <summary>Granted scopes. Once connected the list is always there, empty or not: the runtime writes the real ones into it.</summary>
    public static void Scopes(this DetailsDocument document, bool isConnected)
    {
        const string property = WellKnownDetails.Scopes;
        var value = document.Find(property);
        if (value is null)
        {
            if (isConnected)
                document.Root[property] = new JsonArray();
            return;
        }
        if (value is not JsonArray items)
        {
            document.Fail(property, "not_a_list", $"{property} must be a list of texts.");
            return;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i]?.GetValueKind() != JsonValueKind.String)
                document.Fail(property, "not_a_text", "A scope must be a text in quotes.", i);
            else if (items[i]!.GetValue<string>() is var scope && !IsScope(scope))
                document.Fail(property, "not_a_scope", "A scope is a name such as pages_messaging: lower-case letters, digits and underscores.", i);
            else if (!seen.Add(scope))
                document.Fail(property, "duplicate", "The scope is there twice. Keep one.", i);
        }
    }

    public static void Welcome(this DetailsDocument document, int maxLength) => document.Text(WellKnownDetails.WelcomeMessage, maxLength);

    /// <summary>An e-mail address by its shape; an empty one means none and is removed.</summary>
    public static void Email(this DetailsDocument document)
    {
        const string property = WellKnownDetails.NotificationEmail;
        if (document.Text(property, MaxEmailLength) is not { } address)
            return;
        if (string.IsNullOrWhiteSpace(address))
            document.Root.Remove(property);
        else if (!IsEmail(address))
            document.Fail(property, "not_an_email", $"{property} must be an e-mail address such as name@example.com.");
    }

    private static bool IsScope(string text) => text.Length is > 0 and <= MaxScopeLength && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static bool IsEmail(string text) =>
        text.Split('@') is [{ Length: > 0 and <= 64 } local, { Length: > 0 } domain]
        && !local.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>' or '"')
        && domain.Split('.') is { Length: > 1 } labels
        && labels.All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsLetterOrDigit(c) || c == '-'));
}
