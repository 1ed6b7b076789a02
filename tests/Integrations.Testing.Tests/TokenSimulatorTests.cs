using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests;

public sealed class TokenSimulatorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refresh_token_works_once_and_its_second_use_revokes_the_grant()
    {
        await using var simulator = await TokenSimulator.StartAsync(ct: Ct);
        var grant = simulator.AddGrant();
        var first = grant.RefreshToken;
        var (status, answer) = await RefreshAsync(simulator, first);
        Assert.Equal((HttpStatusCode.OK, grant.RefreshToken.Reveal(), grant.AccessToken.Reveal()), (status, (string?)answer["refresh_token"], (string?)answer["access_token"]));
        Assert.NotEqual(first, grant.RefreshToken);

        Assert.Equal(HttpStatusCode.BadRequest, (await RefreshAsync(simulator, first)).Status);
        (status, answer) = await RefreshAsync(simulator, grant.RefreshToken);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (status, (string?)answer["error"]));
        Assert.Equal((true, 1, 1), (grant.IsRevoked, grant.Refreshes, grant.Reuses));
    }

    [Fact]
    public async Task Within_the_grace_a_spent_token_gives_the_same_tokens_again()
    {
        await using var simulator = await TokenSimulator.StartAsync(new TokenSimulatorOptions { ReuseGrace = TimeSpan.FromMinutes(5) }, Ct);
        var grant = simulator.AddGrant();
        var first = grant.RefreshToken;
        await RefreshAsync(simulator, first);
        var (status, answer) = await RefreshAsync(simulator, first);

        Assert.Equal((HttpStatusCode.OK, grant.RefreshToken.Reveal()), (status, (string?)answer["refresh_token"]));
        Assert.Equal((false, 1, 1), (grant.IsRevoked, grant.Refreshes, grant.Reuses));
    }

    [Fact]
    public async Task A_reusable_token_stays_and_an_outage_and_a_wrong_secret_spend_nothing()
    {
        await using var simulator = await TokenSimulator.StartAsync(new TokenSimulatorOptions { Rotation = RefreshTokenRotation.Reusable, Extra = new JsonObject { ["scope"] = "all" } }, Ct);
        var token = simulator.AddGrant().RefreshToken;
        Assert.Equal(token.Reveal(), (string?)(await RefreshAsync(simulator, token)).Answer["refresh_token"]);
        Assert.Equal("all", (string?)(await RefreshAsync(simulator, token)).Answer["scope"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(simulator, token, "wrong")).Status);
        simulator.Outage = HttpStatusCode.ServiceUnavailable;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await RefreshAsync(simulator, token)).Status);
        Assert.Equal((2, 4), (simulator.Refreshes, simulator.Requests));
    }

    private static async Task<(HttpStatusCode Status, JsonObject Answer)> RefreshAsync(TokenSimulator simulator, Secret token, string? secret = null)
    {
        var options = new TokenSimulatorOptions();
        using var http = new HttpClient();
        using var content = new FormUrlEncodedContent(
        [
            new("grant_type", "refresh_token"), new("refresh_token", token.Reveal()), new("client_id", options.ClientId), new("client_secret", secret ?? options.ClientSecret),
        ]);
        using var response = await http.PostAsync(new Uri(simulator.BaseUri, "oauth/token"), content, Ct);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!);
    }
}
