namespace Integrations.AspNetCore;

/// <summary>Says why connecting did not work, and where to go on.</summary>
internal static class FailurePage
{
    public static Page Make(Failure failure, string backPath)
    {
        var errors = failure.Errors.Select(e => (Html)$"<li>{e.Message} <small>{e.Path}</small></li>");
        var list = failure.Errors.Count == 0 || failure.Detail == failure.Errors[0].Message ? Html.Empty : (Html)$"<ul>{errors}</ul>";
        return new Page(failure.Status, failure.Title,
            $"""<p>{failure.Detail}</p>{list}<p><small>Reason: {failure.Code}</small></p><p><a href="{backPath}">Go back</a></p>""");
    }
}
