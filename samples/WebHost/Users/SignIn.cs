using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using WebHost.Pages;

namespace WebHost.Users;

/// <summary>Cookie sign-in. The claims are the ones <c>MapIntegrations()</c> reads: who the person is, and which client they act for.</summary>
internal static class SignIn
{
    public static void AddDemoSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new DemoUsers(configuration.GetSection("Demo:Users").Get<List<DemoUser>>() ?? []));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options => options.LoginPath = "/sign-in");
        services.AddAuthorization();
        services.AddAntiforgery();
    }

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (HttpContext http, IAntiforgery forgery) => Html.Page(http, "Sign in", SignInForm(http, forgery, failed: false)))
            .ExcludeFromDescription();
        routes.MapPost("/sign-in", SignInAsync).ExcludeFromDescription();
        routes.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, IAntiforgery forgery, DemoUsers users, [FromForm] string? name, [FromForm] string? password)
    {
        if (users.Find(name ?? "", password ?? "") is not { } user)
            return Html.Page(http, "Sign in", SignInForm(http, forgery, failed: true), status: StatusCodes.Status401Unauthorized);

        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, user.Name), new Claim("client_id", user.ClientId.ToString())],
            CookieAuthenticationDefaults.AuthenticationScheme);
        await http.SignInAsync(new ClaimsPrincipal(identity));
        return Results.LocalRedirect("/");
    }

    // The parameter makes the framework check the antiforgery token, as it does for every bound form.
    private static async Task<IResult> SignOutAsync(HttpContext http, [FromForm] string? leave)
    {
        await http.SignOutAsync();
        return Results.LocalRedirect("/sign-in");
    }

    private static string SignInForm(HttpContext http, IAntiforgery forgery, bool failed) => $"""
        <main class="sign-in">
          <h1>Sign in</h1>
          {(failed ? "<p role=\"alert\">That name and password do not belong together.</p>" : "")}
          <form method="post" action="/sign-in">
            {Html.AntiforgeryField(http, forgery)}
            <label>Name <input name="name" autocomplete="username" required></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <button class="primary">Sign in</button>
          </form>
        </main>
        """;
}
