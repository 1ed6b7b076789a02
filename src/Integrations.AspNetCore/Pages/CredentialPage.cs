namespace Integrations.AspNetCore;

/// <summary>Asks a person for what a platform connects by, and says at each field what is wrong with it.</summary>
internal static class CredentialPage
{
    public static Page Make(CredentialForm form)
    {
        var first = form.Fields.FirstOrDefault(f => form.ErrorOf(f) is not null);
        var inputs = form.Fields.Select((field, i) => Input(form, field, $"field-{i}", field == first));
        var about = form.Platform.Description is { } description ? (Html)$"<p>{description}</p>" : Html.Empty;
        return new Page(form.Failure?.Status ?? 200, $"Connect {form.Platform.DisplayName}",
            $"""{about}{Alert(form)}<form method="post" action="{form.Action}"><input type="hidden" name="{CredentialForm.SealName}" value="{form.Seal}">{inputs}<button type="submit">Connect</button></form><p><a href="{form.Back}">Cancel</a></p>""")
        {
            HasForm = true,
            Failure = form.Failure,
        };
    }

    private static Html Alert(CredentialForm form)
    {
        if (form.Failure is not { } failure)
            return Html.Empty;
        // Those of a field stand at the field.
        var errors = failure.Errors.Where(e => !form.Fields.Any(f => form.ErrorOf(f) == e)).ToList();
        if (errors.Count < failure.Errors.Count)
            return $"""<p class="error" role="alert">Please complete what is marked below.</p>""";
        var list = errors.Count == 0 ? Html.Empty : (Html)$"<ul>{errors.Select(e => (Html)$"<li>{e.Message} <small>{e.Path}</small></li>")}</ul>";
        return $"""<div class="error" role="alert"><p><strong>{failure.Title}</strong> {failure.Detail}</p>{list}</div>""";
    }

    private static Html Input(CredentialForm form, CredentialField field, string id, bool isFirstError)
    {
        var error = form.ErrorOf(field);
        var help = field.Help is null ? Html.Empty : (Html)$"<small id=\"{id}-help\">{field.Help}</small>";
        var message = error is null ? Html.Empty : (Html)$"<small class=\"error\" id=\"{id}-error\">{error.Message}</small>";
        string[] hints = [.. field.Help is null ? [] : new[] { $"{id}-help" }, .. error is null ? [] : new[] { $"{id}-error" }];
        var described = hints.Length == 0 ? Html.Empty : (Html)$" aria-describedby=\"{string.Join(' ', hints)}\"";
        var invalid = error is null ? Html.Empty : (Html)$" aria-invalid=\"true\"";
        var kind = field.IsSecret ? (Html)$"type=\"password\"" : (Html)$"type=\"text\" value=\"{form.Filled(field)}\"";
        return $"""<label for="{id}">{field.Label}{(field.IsRequired ? "" : " (optional)")}</label>{help}{message}<input id="{id}" name="{CredentialForm.InputName(field)}" {kind} autocomplete="off" autocapitalize="none" spellcheck="false"{(field.IsRequired ? " required" : "")}{invalid}{described}{(isFirstError ? " autofocus" : "")}>""";
    }
}
