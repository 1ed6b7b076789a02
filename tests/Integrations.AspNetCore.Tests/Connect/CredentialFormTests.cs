using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class CredentialFormTests
{
    private const string Path = "/integrations/chirp/connect?chat_id=22222222-2222-7222-8222-222222222222";
    private const string Secret = "typed-secret-51d0";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_type_that_connects_by_credentials_shows_its_form_to_this_browser()
    {
        await using var app = await StartAsync();
        var response = await app.Ann.GetPageAsync(Path + "&return_path=/agents%3Ftab%3D1");
        var html = await response.TextAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<h1>Connect Chirp &amp; Co</h1><p>Answer chirps.</p>", html, StringComparison.Ordinal);
        Assert.Contains(
            "<label for=\"field-0\">Access token</label><small id=\"field-0-help\">Chirp shows it under &lt;Settings&gt;.</small>"
            + "<input id=\"field-0\" name=\"values.token\" type=\"password\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" required aria-describedby=\"field-0-help\">"
            + "<label for=\"field-1\">Host</label>"
            + "<input id=\"field-1\" name=\"values.host\" type=\"text\" value=\"\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" required>"
            + "<label for=\"field-2\">Proxy (optional)</label>"
            + "<input id=\"field-2\" name=\"values.proxy\" type=\"text\" value=\"\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\">",
            html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/agents?tab=1\">Cancel</a>", html, StringComparison.Ordinal);
        Assert.Matches("^__Secure-integrations.browser=[A-Za-z0-9_-]{43}; max-age=600; path=/integrations; secure; samesite=lax; httponly$", Assert.Single(response.SetCookies()));
        // With "no-referrer" a browser would send the form with "Origin: null".
        Assert.Equal(("same-origin", "no-store"), (response.Header("Referrer-Policy"), response.Header("Cache-Control")));
        Assert.Contains("form-action 'self'; base-uri 'none'; frame-ancestors 'none'", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
        await app.Connector.DidNotReceiveWithAnyArgs().StartAsync(default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_was_typed_connects_for_this_client_and_leads_back_to_where_it_was_asked_for()
    {
        await using var app = await StartAsync();
        var form = await ShownForm.OpenAsync(app.Ann, Path + "&return_path=/agents%3Ftab%3D1&allow_account_switch=true");
        var response = await form.SendAsync(app.Ann, ("token", Secret), ("host", "chirp.example"), ("proxy", ""), ("unasked", "x"));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal($"/agents?tab=1&integration=connected&integration_id={TestApp.IntegrationId}", response.Location());
        await app.Connector.Received(1).ConnectWithCredentialsAsync(
            Arg.Is<CredentialConnectRequest>(r => r.ClientId == TestApp.ClientId && r.ChatId == TestApp.ChatId && r.Type == ChirpProvider.Type && r.AllowAccountSwitch
                && r.Submission.Values.Count == 2 && r.Submission.Values["token"].Reveal() == Secret && r.Submission.Values["host"].Reveal() == "chirp.example"),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_missing_field_is_told_at_the_field_and_only_what_is_no_secret_is_kept()
    {
        await using var app = await StartAsync(new ConnectResult
        {
            Outcome = ConnectOutcome.CredentialsIncomplete,
            DetailsErrors = [new DetailsError { Path = "$.values.host", Code = "required", Message = "Fill in: Host." }],
        });
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        var response = await form.SendAsync(app.Ann, ("token", Secret), ("host", ""), ("proxy", "\"proxy\"<b>"));
        var html = await response.TextAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("<p class=\"error\" role=\"alert\">Please complete what is marked below.</p>", html, StringComparison.Ordinal);
        Assert.Contains("<small class=\"error\" id=\"field-1-error\">Fill in: Host.</small>", html, StringComparison.Ordinal);
        Assert.Contains("required aria-invalid=\"true\" aria-describedby=\"field-1-error\" autofocus>", html, StringComparison.Ordinal);
        Assert.Contains("value=\"&quot;proxy&quot;&lt;b&gt;\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, html, StringComparison.Ordinal);
        Assert.DoesNotContain("$.values", html, StringComparison.Ordinal);

        // The form in that answer works, too.
        app.Connector.ConnectWithCredentialsAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(Connected);
        Assert.Equal(HttpStatusCode.SeeOther, (await (await ShownForm.ReadAsync(response)).SendAsync(app.Ann, ("token", Secret), ("host", "h"))).StatusCode);
    }

    [Theory]
    [InlineData(ProviderErrorKind.AccessDenied, 403, "The platform does not allow this.</strong> Chirp does not know this token.")]
    [InlineData(ProviderErrorKind.InvalidRequest, 422, "What was sent is not accepted.</strong> Chirp does not know this token.")]
    [InlineData(ProviderErrorKind.Transient, 502, "The platform did not answer as expected.</strong> Try again in a moment.")]
    [InlineData(ProviderErrorKind.RateLimited, 429, "There are too many calls for now.</strong>")]
    public async Task What_the_platform_refuses_is_told_in_the_form_without_the_secret(ProviderErrorKind kind, int status, string text)
    {
        await using var app = await StartAsync(Failed(kind));
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        var response = await form.SendAsync(app.Ann, ("token", Secret), ("host", "chirp.example"));
        var html = await response.TextAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(text, html, StringComparison.Ordinal);
        Assert.Contains("value=\"chirp.example\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, html, StringComparison.Ordinal);
        Assert.Equal(kind == ProviderErrorKind.RateLimited ? "30" : "", response.Header("Retry-After"));
    }

    [Theory]
    [InlineData(ProviderErrorKind.Configuration, 500)]
    [InlineData(ProviderErrorKind.NotAvailable, 409)]
    public async Task What_typing_something_else_does_not_cure_is_a_page_that_leads_back(ProviderErrorKind kind, int status)
    {
        await using var app = await StartAsync(Failed(kind));
        var form = await ShownForm.OpenAsync(app.Ann, Path + "&return_path=/agents");
        var response = await form.SendAsync(app.Ann, ("token", Secret), ("host", "h"));
        var html = await response.TextAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.DoesNotContain("<form", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/agents\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_connected_elsewhere_can_be_exchanged_for_another_in_the_form()
    {
        await using var app = await StartAsync(new ConnectResult { Outcome = ConnectOutcome.AccountTaken });
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        var response = await form.SendAsync(app.Ann, ("token", Secret), ("host", "h"));
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("This account is connected elsewhere.", await response.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(form.Action, (await ShownForm.ReadAsync(response)).Action);
    }

    [Fact]
    public async Task A_choice_of_accounts_leads_to_the_account_page()
    {
        await using var app = await StartAsync(new ConnectResult { Outcome = ConnectOutcome.AccountSelectionRequired, Choice = Accounts.Choice() });
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        Assert.Equal($"/integrations/chirp/accounts/{Accounts.Id}", (await form.SendAsync(app.Ann, ("token", Secret), ("host", "h"))).Location());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "")]
    public async Task A_form_that_is_not_proven_to_be_ours_is_refused(string header, string value)
    {
        await using var app = await StartAsync();
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        await AssertRefusedAsync(app, await form.SendFromAsync((header, value), app.Ann, ("token", Secret), ("host", "h")), 403, "foreign_origin");
    }

    [Fact]
    public async Task A_form_that_was_made_up_or_shown_for_something_else_is_refused()
    {
        await using var app = await StartAsync();
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        ShownForm[] others =
        [
            form with { Seal = "made-up" },
            form with { Seal = "" },
            form with { Action = form.Action.Replace("8222-222222222222", "8222-222222222223", StringComparison.Ordinal) },
            form with { Action = form.Action + "&return_path=/elsewhere" },
            form with { Action = form.Action + "&allow_account_switch=true" },
            form with { Action = form.Action.Replace("chirp", "telegram", StringComparison.Ordinal) },
        ];
        foreach (var other in others)
            await AssertRefusedAsync(app, await other.SendAsync(app.Ann, ("token", Secret), ("host", "h")), 400, "state_unknown");
    }

    [Theory]
    [InlineData("11111111-1111-7111-8111-111111111111;ben")]
    [InlineData("99999999-1111-7111-8111-111111111111;ann")]
    public async Task A_form_that_was_shown_to_someone_else_or_for_another_client_is_refused(string user)
    {
        await using var app = await StartAsync();
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        app.Anonymous.DefaultRequestHeaders.Add(TestAuthentication.Header, user);
        await AssertRefusedAsync(app, await form.SendAsync(app.Anonymous, ("token", Secret), ("host", "h")), 403, "user_mismatch");
    }

    [Fact]
    public async Task A_form_that_was_shown_in_another_browser_is_refused()
    {
        await using var app = await StartAsync();
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        var elsewhere = await ShownForm.OpenAsync(app.Ann, Path);
        foreach (var cookie in new[] { "", elsewhere.Cookie })
            await AssertRefusedAsync(app, await (form with { Cookie = cookie }).SendAsync(app.Ann, ("token", Secret), ("host", "h")), 403, "browser_mismatch");
    }

    [Fact]
    public async Task A_form_that_was_open_for_too_long_is_shown_again_with_what_is_no_secret()
    {
        await using var app = await StartAsync();
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        _time.Advance(TimeSpan.FromMinutes(10));
        // The browser has dropped the cookie by then.
        var response = await (form with { Cookie = "" }).SendAsync(app.Ann, ("token", Secret), ("host", "chirp.example"));
        var html = await response.TextAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("This took too long.", html, StringComparison.Ordinal);
        Assert.Contains("value=\"chirp.example\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, html, StringComparison.Ordinal);
        await app.Connector.DidNotReceiveWithAnyArgs().ConnectWithCredentialsAsync(default!, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, (await (await ShownForm.ReadAsync(response)).SendAsync(app.Ann, ("token", Secret), ("host", "h"))).StatusCode);
    }

    [Fact]
    public async Task A_chat_the_person_may_not_use_gets_neither_a_form_nor_a_connect()
    {
        var guard = Substitute.For<IIntegrationChatGuard>();
        guard.MayUseChatAsync(Arg.Is<IntegrationUser>(u => u.ClientId == TestApp.ClientId), TestApp.ChatId, Arg.Any<CancellationToken>()).Returns(true, false);
        await using var app = await StartAsync(services: s => s.AddSingleton(guard));
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Ann.GetPageAsync(Path)).StatusCode);
        await AssertRefusedAsync(app, await form.SendAsync(app.Ann, ("token", Secret), ("host", "h")), 404, "unknown_chat");
    }

    [Fact]
    public async Task Nobody_signed_in_gets_neither_a_form_nor_a_connect()
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetPageAsync(Path)).StatusCode);
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        Assert.Equal(HttpStatusCode.Unauthorized, (await form.SendAsync(app.Anonymous, ("token", Secret))).StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().ConnectWithCredentialsAsync(default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_form_of_more_than_64_KiB_is_not_read()
    {
        await using var app = await StartAsync();
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        await AssertRefusedAsync(app, await form.SendAsync(app.Ann, ("token", Secret + new string('x', 64 * 1024)), ("host", "h")), 400, "invalid_request");
        Assert.Equal(HttpStatusCode.SeeOther, (await form.SendAsync(app.Ann, ("token", new string('x', 60 * 1024)), ("host", "h"))).StatusCode);
    }

    [Fact]
    public async Task Tries_count_as_connects_of_the_person()
    {
        await using var app = await StartAsync(Failed(ProviderErrorKind.AccessDenied), o => o.MaxConnectsPerMinute = 3);
        var form = await ShownForm.OpenAsync(app.Ann, Path);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Forbidden, (await form.SendAsync(app.Ann, ("token", Secret), ("host", "h"))).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await form.SendAsync(app.Ann, ("token", Secret), ("host", "h"))).StatusCode);
        await app.Connector.ReceivedWithAnyArgs(2).ConnectWithCredentialsAsync(default!, TestContext.Current.CancellationToken);
    }

    private static ConnectResult Connected { get; } = new() { Outcome = ConnectOutcome.Connected, Key = new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId) };

    private static ConnectResult Failed(ProviderErrorKind kind) => new()
    {
        Outcome = ConnectOutcome.Failed,
        Error = new ProviderError
        {
            Kind = kind, Code = "bad_token", SafeMessage = "Chirp does not know this token.",
            RetryAfter = kind == ProviderErrorKind.RateLimited ? TimeSpan.FromSeconds(30) : null,
        },
    };

    private static async Task AssertRefusedAsync(TestApp app, HttpResponseMessage response, int status, string code)
    {
        var html = await response.TextAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains($"Reason: {code}", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, html, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Entries, e => e.Text.Contains(Secret, StringComparison.Ordinal));
        await app.Connector.DidNotReceiveWithAnyArgs().ConnectWithCredentialsAsync(default!, TestContext.Current.CancellationToken);
    }

    private async Task<TestApp> StartAsync(ConnectResult? result = null, Action<IntegrationsEndpointOptions>? options = null, Action<IServiceCollection>? services = null)
    {
        var app = await TestApp.StartAsync(options, s =>
        {
            s.AddSingleton<TimeProvider>(_time).AddSingleton<IIntegrationCatalog>(new ChirpCatalog()).AddLogging(l => l.SetMinimumLevel(LogLevel.Trace));
            services?.Invoke(s);
        });
        app.Connector.ConnectWithCredentialsAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(result ?? Connected);
        return app;
    }
}
