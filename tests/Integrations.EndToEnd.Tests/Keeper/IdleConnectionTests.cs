using System.Globalization;
using System.Net;

namespace Integrations.EndToEnd.Tests.Keeper;

/// <summary>Instagram's own login: a token lives 60 days, is not renewed within a day, and never once it has expired.</summary>
public sealed class IdleConnectionTests
{
    private const string Refresh = "GET /refresh_access_token";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_connection_that_nobody_uses_for_sixty_days_and_more_is_alive()
    {
        await using var meta = new MetaRuntime();
        await meta.ConnectAsync(IntegrationType.Instagram);
        var issued = meta.Now;
        var renewed = new List<TimeSpan>();
        meta.Http.On(Refresh, (call, _) =>
        {
            // As Instagram does: only the token of the last answer, older than a day and not expired.
            var age = meta.Now - issued;
            var isRight = call.Query["access_token"] == (renewed.Count == 0 ? "first" : $"renewed-{renewed.Count}");
            if (!isRight || age < TimeSpan.FromDays(1) || age > TimeSpan.FromDays(60))
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("""{"error":{"code":190,"error_subcode":463}}""") });
            issued = meta.Now;
            renewed.Add(age);
            var name = string.Create(CultureInfo.InvariantCulture, $"renewed-{renewed.Count}");
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent($$"""{"access_token":"{{name}}","token_type":"bearer","expires_in":5184000}""") });
        });

        for (var hour = 0; hour < 130 * 24; hour++)
        {
            meta.Time.Advance(Hour);
            await meta.SweepAsync();
        }

        var stored = await meta.ReadAsync();
        Assert.InRange(renewed.Count, 2, 3);
        Assert.All(renewed, age => Assert.InRange(age, TimeSpan.FromDays(45), TimeSpan.FromDays(56)));
        Assert.Equal(ConnectionState.Connected, stored.Connection.State);
        Assert.True(stored.Record.TokenExpiresAt > meta.Now.AddDays(4));
        Assert.Equal($"renewed-{renewed.Count}", (await meta.Get<IIntegrationTokens>().GetAsync(MetaRuntime.Key, MetaRuntime.Ct)).Token.Reveal());
        Assert.Empty(await meta.EventsAsync());
    }

    [Fact]
    public async Task A_refused_refresh_is_told_within_the_same_hour_and_once()
    {
        await using var meta = new MetaRuntime();
        await meta.ConnectAsync(IntegrationType.Instagram);
        meta.Http.Json(Refresh, """{"error":{"code":190,"error_subcode":460}}""", HttpStatusCode.BadRequest);
        var due = (await meta.ReadAsync()).Connection.RefreshDueAt!.Value;

        for (var hour = 0; hour < 60 * 24; hour++)
        {
            meta.Time.Advance(Hour);
            await meta.SweepAsync();
        }

        var told = Assert.Single(await meta.EventsAsync());
        Assert.Equal((IntegrationEventKind.ReconnectRequired, "190/460"), (told.Kind, told.Error?.Code));
        Assert.InRange(told.OccurredAt.UtcDateTime - due, TimeSpan.Zero, Hour);
        Assert.Single(meta.Http.Calls);
        Assert.Equal(ConnectionState.ReconnectRequired, (await meta.ReadAsync()).Connection.State);
    }

    [Fact]
    public async Task A_token_that_expired_while_the_platform_was_down_is_told_within_the_hour_too()
    {
        await using var meta = new MetaRuntime();
        await meta.ConnectAsync(IntegrationType.Instagram);
        meta.Http.Text(Refresh, "<html>", "text/html", HttpStatusCode.BadGateway);

        while ((await meta.ReadAsync()).Record.TokenExpiresAt > meta.Now.AddHours(-1))
        {
            meta.Time.Advance(Hour);
            await meta.SweepAsync();
        }

        var events = await meta.EventsAsync();
        Assert.Equal([IntegrationEventKind.Degraded, IntegrationEventKind.ReconnectRequired], events.Select(e => e.Kind));
        Assert.Equal("token_expired", events[1].Error?.Code);
    }
}
