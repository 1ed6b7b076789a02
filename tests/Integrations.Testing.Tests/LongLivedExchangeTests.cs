namespace Integrations.Testing.Tests;

public sealed class LongLivedExchangeTests : GraphTest
{
    [Fact]
    public async Task Gives_a_new_token_of_60_days()
    {
        var shortLived = await UserTokenAsync(longLived: false);

        var answer = await LongLivedAsync(shortLived);

        Assert.NotEqual(shortLived, answer.Text("access_token"));
        Assert.Equal(("bearer", "5184000"), (answer.Text("token_type"), answer.Text("expires_in")));
        Assert.Equal(1, Meta.CountOf("oauth/access_token:fb_exchange_token"));
    }

    [Fact]
    public async Task Expired_token_cannot_be_exchanged()
    {
        var token = await UserTokenAsync(longLived: false);
        Time.Advance(TimeSpan.FromHours(1));

        (await LongLivedAsync(token)).AssertRefused(190, 463);
    }

    [Fact]
    public async Task Long_lived_token_can_be_extended_while_valid()
    {
        var token = await UserTokenAsync();
        Time.Advance(TimeSpan.FromDays(50));

        Assert.Equal("5184000", (await LongLivedAsync(token)).Text("expires_in"));
    }

    [Fact]
    public async Task Page_token_cannot_be_exchanged() => (await LongLivedAsync(await PageTokenAsync())).AssertRefused(102);

    [Fact]
    public async Task Invented_token_cannot_be_exchanged() => (await LongLivedAsync("EAAinvented")).AssertRefused(190);

    [Fact]
    public async Task Page_token_of_a_short_lived_token_dies_with_it()
    {
        var early = await PageTokenAsync(longLived: false);
        var late = await PageTokenAsync();
        Assert.False(Meta.IssuedTokens.Single(token => token.Value == early).IsLongLived);
        Assert.True(Meta.IssuedTokens.Single(token => token.Value == late).IsLongLived);

        Time.Advance(TimeSpan.FromHours(1));
        (await SendAsync(HttpMethod.Get, "me", early)).AssertRefused(190, 463);

        Time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "me", late)).Status);
    }
}

public sealed class LongLivedExchangeWithoutExtensionTests : GraphTest
{
    protected override MetaSimulatorOptions Options => new()
    {
        TimeProvider = Time,
        CallbackHandler = Callback,
        RedirectUris = [new Uri(Redirect)],
        LongLivedExchangeExtends = false,
    };

    [Fact]
    public async Task Second_exchange_keeps_the_old_end()
    {
        var token = await UserTokenAsync();
        Time.Advance(TimeSpan.FromDays(50));

        Assert.Equal("864000", (await LongLivedAsync(token)).Text("expires_in"));
    }
}
