using System.Threading.Channels;
using Integrations.EndToEnd.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EndToEnd.Tests.Owners;

/// <summary>Meta's 90 days: what the person who connected consented to ends, however fresh the tokens are. A person hears of it before.</summary>
public sealed class ConsentEndTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task The_end_of_metas_data_access_reaches_the_owner_the_api_and_the_doctor(StoreKind store)
    {
        var (clock, notices) = (new ShiftedClock(), new Notices());
        await using var stage = await Stage.SetAsync(store, Ct, new TestHostSettings
        {
            Clock = clock,
            Integrations = b => b.Services.AddSingleton<IOwnerNotifier>(notices),
        });
        var key = await stage.GoLiveAsync(Ct, """{"notification_email":"owner@example.com"}""");
        var end = (await stage.ViewAsync(key, Ct)).ConsentExpiresAt!.Value;
        Assert.InRange((end - clock.GetUtcNow()).TotalDays, 89.9, 90);

        // The token is renewed on its way, which does not put the consent's end off.
        clock.Advance(TimeSpan.FromDays(52));
        Assert.True((await stage.Host.Get<IIntegrationTokens>().GetAsync(key, Ct)).Succeeded);
        Assert.Equal(end, (await stage.ViewAsync(key, Ct)).ConsentExpiresAt);
        await SweepAsync(stage);
        Assert.Equal(0, stage.Host.Events.CountOf(IntegrationEventKind.ExpiryWarning));
        Assert.DoesNotContain("consent", (await TokenCheckAsync(stage, key)).Evidence, StringComparison.OrdinalIgnoreCase);

        clock.Advance(TimeSpan.FromDays(25)); // 13 days are left
        await SweepAsync(stage);
        var told = await stage.Host.Events.WaitForAsync(IntegrationEventKind.ExpiryWarning, Ct);
        Assert.Equal(("consent_ends", end), (told.Cause, told.ExpiresAt));
        var notice = await notices.NextAsync(Ct);
        Assert.Equal(("owner@example.com", IntegrationEventKind.ExpiryWarning), (notice.Recipient, notice.Kind));
        Assert.Equal("Renew your consent for Facebook Messenger account \"Anna's Bakery\" within 13 days", notice.Subject);
        Assert.Contains($"{end.UtcDateTime:yyyy-MM-dd HH:mm} UTC", notice.Text, StringComparison.Ordinal);

        var token = await TokenCheckAsync(stage, key);
        Assert.Equal(CheckStatus.Warning, token.Status);
        Assert.Contains($"{end.UtcDateTime:yyyy-MM-dd}", token.Evidence, StringComparison.Ordinal);
        using var anna = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var (_, list) = await anna.ApiAsync(HttpMethod.Get, "/integrations", Ct);
        Assert.Equal(end, list.GetProperty("items")[0].GetProperty("consent_expires_at").GetDateTimeOffset());

        // Connecting again is all there is to do.
        await stage.ConnectAsync(Person.Anna, Ct);
        Assert.InRange(((await stage.ViewAsync(key, Ct)).ConsentExpiresAt!.Value - clock.GetUtcNow()).TotalDays, 89.9, 90);
        Assert.Equal(CheckStatus.Ok, (await TokenCheckAsync(stage, key)).Status);
        await SweepAsync(stage);
        Assert.Equal(1, stage.Host.Events.CountOf(IntegrationEventKind.ExpiryWarning));
    }

    private static Task<int> SweepAsync(Stage stage) => stage.Host.Get<ExpirySweep>().SweepAsync(Ct);

    private static async Task<ConnectionCheck> TokenCheckAsync(Stage stage, IntegrationKey key) =>
        (await stage.Host.Get<IConnectionDoctor>().DiagnoseAsync(key, Ct))!.Find(WellKnownChecks.Token)!;

    private sealed class Notices : IOwnerNotifier
    {
        private readonly Channel<OwnerNotice> _given = Channel.CreateUnbounded<OwnerNotice>();

        public Task NotifyAsync(OwnerNotice notice, CancellationToken ct = default) => _given.Writer.WriteAsync(notice, ct).AsTask();

        public async Task<OwnerNotice> NextAsync(CancellationToken ct) => await _given.Reader.ReadAsync(ct);
    }
}
