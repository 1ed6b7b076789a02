using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Owners;

/// <summary>A connection that broke at the platform: the doctor says what it is, and what can be restored is restored by itself.</summary>
public sealed class DoctorTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Fact]
    public async Task A_lost_subscription_is_found_restored_and_found_well()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        await contact.SendTextAsync("hello", ct: Ct);
        await stage.SentAsync(1, Ct);
        var well = await DiagnoseAsync(stage, key);
        Assert.True(well.Status != CheckStatus.Failed, string.Join(Environment.NewLine, well.Checks));
        foreach (var code in (string[])[
            WellKnownChecks.State, WellKnownChecks.CredentialsReadable, WellKnownChecks.Token, WellKnownChecks.Scopes, WellKnownChecks.AccountRole,
            WellKnownChecks.Subscription, WellKnownChecks.AppWebhook, WellKnownChecks.LastInbound, WellKnownChecks.ReplyWindow, WellKnownChecks.RateBudget])
            Assert.True(well.Find(code) is { Status: CheckStatus.Ok }, $"{code}: {well.Find(code)}");
        // It answers, and stands on this machine only.
        Assert.Contains("answers, and is an address of this machine", well.Find(WellKnownChecks.WebhookReachable)!.Evidence, StringComparison.Ordinal);

        stage.Page.DropSubscription();
        Assert.Equal(CheckStatus.Failed, (await DiagnoseAsync(stage, key)).Find(WellKnownChecks.Subscription)!.Status);
        Assert.NotNull((await contact.SendTextAsync("anybody?", ct: Ct)).NotDeliveredBecause);

        Assert.Equal(1, await stage.Host.Get<SubscriptionReconciler>().RunOnceAsync(Ct));

        Assert.Contains("messages", stage.Page.SubscribedFields);
        Assert.Equal(CheckStatus.Ok, (await DiagnoseAsync(stage, key)).Find(WellKnownChecks.Subscription)!.Status);
        await contact.SendTextAsync("still there?", ct: Ct);
        await stage.SentAsync(2, Ct);
    }

    [Fact]
    public async Task A_subscription_of_a_paused_page_stays_away()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        await stage.Host.Get<IIntegrationDeployer>().PauseAsync(key, Ct);
        Assert.Equal(0, await stage.Host.Get<SubscriptionReconciler>().RunOnceAsync(Ct));
        Assert.Empty(stage.Page.SubscribedFields);
        Assert.Equal(CheckStatus.Skipped, (await DiagnoseAsync(stage, key)).Find(WellKnownChecks.Subscription)!.Status);
    }

    [Fact]
    public async Task A_revoked_grant_is_named_and_its_owner_told_although_nobody_writes()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct, """{"notification_email":"owner@example.com"}""");
        stage.Owner.RevokeConsent();

        var token = (await DiagnoseAsync(stage, key)).Find(WellKnownChecks.Token)!;
        Assert.Equal(CheckStatus.Failed, token.Status);
        Assert.Contains("190/458", token.Evidence, StringComparison.Ordinal);

        await stage.Host.Get<SubscriptionReconciler>().RunOnceAsync(Ct);
        Assert.Equal("owner@example.com", (await stage.Host.Events.WaitForAsync(IntegrationEventKind.ReconnectRequired, Ct)).NotificationEmail);
        Assert.Equal(CheckStatus.Failed, (await DiagnoseAsync(stage, key)).Find(WellKnownChecks.State)!.Status);
    }

    [Fact]
    public async Task A_permission_that_was_taken_back_is_named()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        stage.Owner.RevokePermission("pages_messaging");
        var diagnosis = await DiagnoseAsync(stage, key);
        Assert.Equal(CheckStatus.Failed, diagnosis.Find(WellKnownChecks.Scopes)!.Status);
        Assert.Contains("pages_messaging", diagnosis.Find(WellKnownChecks.Scopes)!.Evidence, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Ok, diagnosis.Find(WellKnownChecks.Token)!.Status);
    }

    [Fact]
    public async Task A_role_that_was_lost_is_named()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        stage.Owner.RemoveRole(stage.Page);
        var diagnosis = await DiagnoseAsync(stage, key);
        Assert.Equal(CheckStatus.Failed, diagnosis.Find(WellKnownChecks.AccountRole)!.Status);
        Assert.Contains("190/492", diagnosis.Find(WellKnownChecks.Token)!.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_without_messages_is_named()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        stage.Page.AddRole(stage.Owner, "ANALYZE");
        var role = (await DiagnoseAsync(stage, key)).Find(WellKnownChecks.AccountRole)!;
        Assert.Equal(CheckStatus.Failed, role.Status);
        Assert.Contains("only ANALYZE", role.Evidence, StringComparison.Ordinal);
    }

    private static async Task<ConnectionDiagnosis> DiagnoseAsync(Stage stage, IntegrationKey key) =>
        await stage.Host.Get<IConnectionDoctor>().DiagnoseAsync(key, Ct) ?? throw new InvalidOperationException("There is no such integration.");
}
