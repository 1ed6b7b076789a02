using System.Text.RegularExpressions;

namespace QuickStart.Cast;

/// <summary>Reads the simulator's consent page as a person does: finds the form of her own account, leaves every box ticked, presses Continue.</summary>
internal static partial class ConsentPage
{
    public static async Task<Uri> ContinueAsync(Browser browser, Uri dialog, string person, CancellationToken ct)
    {
        var page = await browser.OpenAsync(dialog, ct);
        var form = Forms().Matches(page.Html).Single(match => match.Value.Contains($"data-user=\"{person}\"", StringComparison.Ordinal)).Value;
        var ticked = Boxes().Matches(form).Select(box => KeyValuePair.Create(box.Groups[1].Value, box.Groups[2].Value));
        return (await browser.SubmitAsync(dialog, [.. ticked, new("user", person), new("action", "continue")], ct)).MustRedirect();
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("type=\"checkbox\" name=\"([a-z]+)\" value=\"([^\"]+)\" checked")]
    private static partial Regex Boxes();
}
