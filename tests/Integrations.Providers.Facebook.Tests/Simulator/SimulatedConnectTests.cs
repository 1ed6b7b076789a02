using Integrations.Testing;

namespace Integrations.Providers.Facebook.Tests;

public sealed class SimulatedConnectTests : SimulatedFacebook
{
    [Fact]
    public async Task A_page_is_connected_with_a_token_that_does_not_expire()
    {
        var grant = (await ExchangeAsync()).Tokens!;
        Assert.Equal(Ada.Id, grant.AuthorizedUserId);
        Assert.Empty(FacebookDefaults.Scopes.Except(grant.GrantedScopes!));
        var account = Assert.Single((await Facebook.ListAccountsAsync(grant, Ct)).Accounts);
        Assert.Equal((Page.Id, Page.Name, true), (account.Id, account.Name, account.CanConnect));

        var tokens = (await Facebook.SelectAccountAsync(grant, account.Id, Ct)).Tokens!;
        var issued = Meta.IssuedTokens.Single(token => token.Value == tokens.AccessToken.Reveal());
        Assert.Null(issued.ExpiresAt);
        Assert.True((await Facebook.ProbeAsync(Open(tokens), Ct)).Works);
        Assert.All(Meta.Requests.Where(request => request.Endpoint != "dialog"), request =>
        {
            Assert.DoesNotContain("access_token", request.QueryNames);
            Assert.DoesNotContain("client_secret", request.QueryNames);
            Assert.DoesNotContain("code", request.QueryNames);
        });
    }

    [Fact]
    public async Task A_declined_scope_shows_in_the_grant()
    {
        var grant = (await ExchangeAsync(choice => choice.Decline("pages_messaging"))).Tokens!;
        Assert.DoesNotContain("pages_messaging", grant.GrantedScopes!);
    }

    [Fact]
    public async Task More_pages_than_fit_one_answer_and_those_of_a_business_are_all_listed()
    {
        for (var i = 0; i < 4; i++)
            Meta.AddPage($"Page {i}", Ada);
        Meta.AddPage("Analyst only", Ada, tasks: ["ANALYZE", "ADVERTISE"]);
        var owned = Meta.AddPage("Owned by a business", Ada, pageId: "777", businessOwned: true);
        var grant = (await ExchangeAsync()).Tokens!;
        var accounts = (await Facebook.ListAccountsAsync(grant, Ct)).Accounts;
        Assert.Equal(7, accounts.Count);
        Assert.Equal(["Analyst only"], accounts.Where(account => !account.CanConnect).Select(account => account.Name));
        Assert.Contains(accounts, account => account.Id == owned.Id);
        Assert.True((await Facebook.SelectAccountAsync(grant, owned.Id, Ct)).Succeeded);
    }

    [Fact]
    public async Task A_business_configuration_gives_a_system_users_token()
    {
        var business = Create(o => o.LoginConfigurationId = "4711");
        var grant = (await ExchangeAsync(provider: business)).Tokens!;
        Assert.Null(grant.ExpiresIn);
        Assert.Equal(0, Meta.CountOf("oauth/access_token:fb_exchange_token"));
        var tokens = (await business.SelectAccountAsync(grant, Page.Id, Ct)).Tokens!;
        var connection = Open(tokens);
        var refreshed = await business.RefreshAsync(new RefreshContext { Connection = connection }, Ct);
        Assert.True(refreshed.Succeeded, refreshed.Error?.ToString());
        Ada.RevokeConsent();
        Assert.Equal(ProviderErrorKind.ReconnectRequired, (await business.RefreshAsync(new RefreshContext { Connection = connection }, Ct)).Error!.Kind);
    }

    [Fact]
    public async Task A_wrong_app_secret_is_a_matter_of_configuration_everywhere()
    {
        var connection = await ConnectAsync();
        var wrong = Create(o => o.AppSecret = "00000000000000000000000000000000");
        Assert.Equal(ProviderErrorKind.Configuration, (await ExchangeAsync(provider: wrong)).Error!.Kind);
        Assert.Equal(ProviderErrorKind.Configuration, (await wrong.ProbeAsync(connection, Ct)).Error!.Kind);
        Assert.Equal(ProviderErrorKind.Configuration, (await wrong.ActivateAsync(connection, Ct)).Error!.Kind);
        Assert.Equal(ProviderErrorKind.Configuration, (await wrong.RefreshAsync(new RefreshContext { Connection = connection }, Ct)).Error!.Kind);
    }

    [Fact]
    public async Task A_refresh_gives_a_new_pair_that_works()
    {
        var connection = await ConnectAsync();
        Time.Advance(TimeSpan.FromDays(50));
        var tokens = (await Facebook.RefreshAsync(new RefreshContext { Connection = connection }, Ct)).Tokens!;
        Assert.Equal(TimeSpan.FromDays(60), tokens.RefreshTokenExpiresIn);
        Assert.True((await Facebook.ProbeAsync(Open(tokens), Ct)).Works);
    }

    [Fact]
    public async Task An_expired_persons_token_cannot_be_renewed()
    {
        var connection = await ConnectAsync();
        Time.Advance(TimeSpan.FromDays(61));
        Assert.Equal("190/463", (await Facebook.RefreshAsync(new RefreshContext { Connection = connection }, Ct)).Error!.Code);
    }

    [Theory]
    [InlineData("revoke", "190/458")]
    [InlineData("password", "190/460")]
    public async Task A_dead_grant_is_recognised_by_probe_and_by_refresh(string how, string code)
    {
        var connection = await ConnectAsync();
        if (how == "revoke")
            Ada.RevokeConsent();
        else
            Ada.ChangePassword();
        var probe = (await Facebook.ProbeAsync(connection, Ct)).Error!;
        var refresh = (await Facebook.RefreshAsync(new RefreshContext { Connection = connection }, Ct)).Error!;
        Assert.Equal((ProviderErrorKind.ReconnectRequired, code), (probe.Kind, probe.Code));
        Assert.Equal(ProviderErrorKind.ReconnectRequired, refresh.Kind);
    }

    [Theory]
    [InlineData(MetaOutage.ConnectionsCut)]
    [InlineData(MetaOutage.HtmlErrors)]
    [InlineData(MetaOutage.Garbage)]
    public async Task An_outage_is_transient_for_everything_that_may_be_repeated(MetaOutage outage)
    {
        var connection = await ConnectAsync();
        Meta.GoDown(outage);
        Assert.Equal(ProviderErrorKind.Transient, (await Facebook.ProbeAsync(connection, Ct)).Error!.Kind);
        Assert.Equal(ProviderErrorKind.Transient, (await Facebook.ActivateAsync(connection, Ct)).Error!.Kind);
        Assert.Equal(ProviderErrorKind.Transient, (await Facebook.RefreshAsync(new RefreshContext { Connection = connection }, Ct)).Error!.Kind);
    }

    [Theory]
    [InlineData(PlatformNoticeKind.Deauthorize)]
    [InlineData(PlatformNoticeKind.DataDeletion)]
    public async Task A_notice_of_the_person_who_connected_is_genuine(PlatformNoticeKind kind)
    {
        var grant = (await ExchangeAsync()).Tokens!;
        Meta.DeauthorizeCallback = NoticeUri(PlatformNoticeKind.Deauthorize);
        Meta.DataDeletionCallback = NoticeUri(PlatformNoticeKind.DataDeletion);
        if (kind == PlatformNoticeKind.Deauthorize)
            await Ada.DeauthorizeAsync(Ct);
        else
            await Ada.RequestDataDeletionAsync(Ct);
        var notice = Assert.Single(Notices);
        Assert.True(notice.IsVerified);
        Assert.Equal(grant.AuthorizedUserId, notice.AuthorizedUserId);
    }
}
