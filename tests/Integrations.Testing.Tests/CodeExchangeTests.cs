using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Integrations.Testing.Tests;

public sealed class CodeExchangeTests : GraphTest
{
    [Fact]
    public async Task Second_use_of_a_code_is_refused_as_documented()
    {
        var code = await CodeAsync();
        Assert.Equal(200, (await ExchangeAsync(code)).Status);

        var again = await ExchangeAsync(code);

        again.AssertRefused(100, 36009);
        Assert.Equal("This authorization code has been used.", again.Message);
        Assert.Equal("OAuth \"Facebook Platform\" \"invalid_code\" \"This authorization code has been used.\"", again.Header("WWW-Authenticate"));
        Assert.NotEmpty(again.Json["error"]!["fbtrace_id"]!.ToString());
    }

    [Fact]
    public async Task Of_parallel_exchanges_exactly_one_wins()
    {
        var code = await CodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ExchangeAsync(code)));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(8, Meta.CountOf("oauth/access_token:code"));
    }

    [Fact]
    public async Task Post_form_is_accepted()
    {
        using var form = new FormUrlEncodedContent(
        [
            new("client_id", Meta.AppId), new("client_secret", Meta.AppSecret), new("redirect_uri", Redirect), new("code", await CodeAsync()),
        ]);

        var answer = await SendAsync(HttpMethod.Post, "oauth/access_token", content: form);

        Assert.Equal(200, answer.Status);
        Assert.Empty(Meta.Requests[^1].QueryNames);
        Assert.Contains("client_secret", Meta.Requests[^1].BodyNames);
    }

    [Fact]
    public async Task Wrong_secret_is_code_1()
    {
        var answer = await ExchangeAsync(await CodeAsync(), secret: "wrong");

        answer.AssertRefused(1);
        Assert.Equal("Error validating client secret.", answer.Message);
    }

    [Fact]
    public async Task Wrong_app_is_code_101() => (await ExchangeAsync(await CodeAsync(), appId: "5")).AssertRefused(101);

    [Fact]
    public async Task Failed_exchange_does_not_use_the_code_up()
    {
        var code = await CodeAsync();
        (await ExchangeAsync(code, redirect: Redirect + "/")).AssertRefused(100, 36008);

        Assert.Equal(200, (await ExchangeAsync(code)).Status);
    }

    [Fact]
    public async Task Old_code_is_refused()
    {
        var code = await CodeAsync();
        Time.Advance(TimeSpan.FromMinutes(10));

        (await ExchangeAsync(code)).AssertRefused(100, 36007);
    }

    [Fact]
    public async Task Invented_code_is_refused() => (await ExchangeAsync("AQinvented")).AssertRefused(100);

    [Theory]
    [InlineData("correct-verifier-0123456789-0123456789-0123456", 200)]
    [InlineData("other-verifier-0123456789-0123456789-012345678", 400)]
    [InlineData(null, 400)]
    public async Task Verifier_must_fit_the_challenge(string? verifier, int status)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes("correct-verifier-0123456789-0123456789-0123456")));
        var url = DialogUrl($"&code_challenge={challenge}&code_challenge_method=S256");
        var code = Query(await Meta.ConsentAsync(url, Ada, ct: Ct), "code");

        var answer = await ExchangeAsync(code, extra: verifier is null ? "" : $"&code_verifier={verifier}");

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Verifier_without_a_challenge_is_refused() =>
        (await ExchangeAsync(await CodeAsync(), extra: "&code_verifier=abc")).AssertRefused(100);

    [Fact]
    public async Task Unknown_grant_type_is_refused() =>
        (await ExchangeAsync(await CodeAsync(), extra: "&grant_type=refresh_token")).AssertRefused(100);
}
