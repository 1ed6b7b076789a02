namespace Integrations.Providers.Facebook.Tests;

public sealed class DialogTests
{
    private const string Redirect = "https://chat.example.com/integrations/facebook/callback";

    [Fact]
    public async Task The_classic_dialog_asks_for_scopes()
    {
        using var facebook = new FacebookHarness();
        Assert.Equal(
            "https://www.facebook.com/v26.0/dialog/oauth?client_id=900100&redirect_uri=https%3A%2F%2Fchat.example.com%2Fintegrations%2Ffacebook%2Fcallback"
            + "&state=st%2Fa%20te%3D&response_type=code&scope=pages_messaging%2Cpages_show_list",
            await AddressAsync(facebook));
        Assert.Empty(facebook.Http.Calls);
    }

    [Fact]
    public async Task A_business_configuration_takes_the_place_of_the_scopes()
    {
        using var facebook = new FacebookHarness(o => o.LoginConfigurationId = "4711");
        var address = await AddressAsync(facebook, isAgain: true);
        Assert.EndsWith("&response_type=code&config_id=4711&override_default_response_type=true", address, StringComparison.Ordinal);
        Assert.DoesNotContain("scope=", address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Declined_scopes_are_asked_for_again()
    {
        using var facebook = new FacebookHarness();
        Assert.EndsWith("&auth_type=rerequest", await AddressAsync(facebook, isAgain: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_key_is_sent_if_the_host_wants_one()
    {
        using var facebook = new FacebookHarness(o => o.UsePkce = true);
        Assert.Equal(PkceMode.S256, facebook.Provider.Descriptor.Pkce);
        Assert.EndsWith("&code_challenge=chal-lenge&code_challenge_method=S256", await AddressAsync(facebook, challenge: "chal-lenge"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dialogs_address_is_a_setting_and_the_descriptor_follows_it()
    {
        using var facebook = new FacebookHarness(o =>
        {
            o.DialogBaseUri = new Uri("http://127.0.0.1:5000/");
            o.GraphVersion = "v25.0";
        });
        Assert.StartsWith("http://127.0.0.1:5000/v25.0/dialog/oauth?", await AddressAsync(facebook), StringComparison.Ordinal);
        Assert.Equal(["127.0.0.1"], facebook.Provider.Descriptor.AuthorizationHosts);
    }

    private static async Task<string> AddressAsync(FacebookHarness facebook, bool isAgain = false, string? challenge = null)
    {
        var request = await facebook.Provider.AuthorizeAsync(
            new AuthorizeContext
            {
                State = new Secret("st/a te="),
                RedirectUri = new Uri(Redirect),
                Scopes = ["pages_messaging", "pages_show_list"],
                CodeChallenge = challenge,
                Reconsent = isAgain,
            },
            FacebookHarness.Ct);
        return request.Uri.AbsoluteUri;
    }
}
