using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>
/// What a browser keeps while connects are under way: one token that binds them all to it, and for each open account choice its
/// handle. Both are out of reach of scripts and of other sites' requests.
/// </summary>
/// <remarks>
/// The name prefix <c>__Secure-</c> is used on https; <c>__Host-</c> would demand the path <c>/</c>, and so show the cookies to the whole host.
/// SameSite is Lax: browsers send no Strict cookie when a person comes back from the platform.
/// </remarks>
internal sealed class ConnectCookies(PublicSite site, TimeSpan lifetime)
{
    private const int MaxLength = 256;

    // 256 bits in base64url.
    private const int TokenLength = 43;

    private readonly string _prefix = site.IsSecure ? "__Secure-integrations." : "integrations.";

    public string BrowserName => $"{_prefix}browser";

    public Secret ReadBrowser(HttpContext http) => Read(http, BrowserName);

    /// <summary>Keeps the token as long as a new attempt lives. It is never deleted on use: other attempts may be under way.</summary>
    public void KeepBrowser(HttpContext http, Secret token)
    {
        if (!token.IsEmpty)
            http.Response.Cookies.Append(BrowserName, token.Reveal(), Options(new CookieOptions { MaxAge = lifetime }));
    }

    /// <summary>Keeps the token this browser has for as long as a new attempt lives, or gives it one.</summary>
    public Secret KeepOrMakeBrowser(HttpContext http)
    {
        // Only what the connector would take, too: it replaces anything else when the next connect starts.
        var token = ReadBrowser(http) is var kept && kept.Reveal().Length == TokenLength && kept.Reveal().All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? kept
            : new Secret(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
        KeepBrowser(http, token);
        return token;
    }

    /// <summary>Keeps an open choice, and the browser token as long as it. Gives the id to put in addresses.</summary>
    public string KeepChoice(HttpContext http, AccountChoice choice)
    {
        var id = ChoiceId(choice.Handle);
        http.Response.Cookies.Append(ChoiceName(id), choice.Handle.Reveal(), Options(new CookieOptions { Expires = choice.ExpiresAt }));
        if (ReadBrowser(http) is { IsEmpty: false } token)
            http.Response.Cookies.Append(BrowserName, token.Reveal(), Options(new CookieOptions { Expires = choice.ExpiresAt }));
        return id;
    }

    /// <summary>What opens a choice. Null if this browser does not have it.</summary>
    public AccountChoiceKey? FindChoice(HttpContext http, string id, IntegrationUser user)
    {
        var handle = IsChoiceId(id) ? Read(http, ChoiceName(id)) : default;
        return handle.IsEmpty || ChoiceId(handle) != id
            ? null
            : new AccountChoiceKey { Handle = handle, BrowserToken = ReadBrowser(http), UserBinding = user.UserBinding };
    }

    public void DropChoice(HttpContext http, string id) => http.Response.Cookies.Delete(ChoiceName(id), Options(new CookieOptions()));

    /// <summary>Names a choice in addresses, histories and logs without giving its handle away.</summary>
    private static string ChoiceId(Secret handle) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(handle.Reveal())).AsSpan(0, 8));

    private static bool IsChoiceId(string id) => id.Length == 16 && id.All(char.IsAsciiHexDigitLower);

    private static Secret Read(HttpContext http, string name) =>
        http.Request.Cookies[name] is { Length: > 0 and <= MaxLength } value ? new Secret(value) : default;

    private string ChoiceName(string id) => $"{_prefix}choice.{id}";

    private CookieOptions Options(CookieOptions options)
    {
        options.HttpOnly = true;
        options.Secure = site.IsSecure;
        options.SameSite = SameSiteMode.Lax;
        options.Path = site.CookiePath;
        options.IsEssential = true;
        return options;
    }
}
