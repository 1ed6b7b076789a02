using System.Net;
using System.Text.RegularExpressions;

namespace Integrations.AspNetCore.Tests;

/// <summary>A form in a page, as a browser has it: where it goes, its hidden seal, and the cookie that came with it.</summary>
internal sealed partial record ShownForm(string Action, string Seal, string Cookie)
{
    private static readonly (string, string) SameOrigin = ("Sec-Fetch-Site", "same-origin");

    public static async Task<ShownForm> OpenAsync(HttpClient person, string path)
    {
        var response = await person.GetPageAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ReadAsync(response);
    }

    public static async Task<ShownForm> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.TextAsync();
        return new ShownForm(
            WebUtility.HtmlDecode(ActionText().Match(html).Groups[1].Value),
            SealText().Match(html).Groups[1].Value,
            Assert.Single(response.SetCookies()).Split(';')[0]);
    }

    /// <summary>Presses the button.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpClient person, params (string Name, string Value)[] values) => SendFromAsync(SameOrigin, person, values);

    public Task<HttpResponseMessage> SendFromAsync((string, string) origin, HttpClient person, params (string Name, string Value)[] values) =>
        person.SendAsync(
            HttpMethod.Post, Action,
            new FormUrlEncodedContent([KeyValuePair.Create("form", Seal), .. values.Select(v => KeyValuePair.Create($"values.{v.Name}", v.Value))]),
            ("Cookie", Cookie), origin);

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]+)\"")]
    private static partial Regex ActionText();

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex SealText();
}
