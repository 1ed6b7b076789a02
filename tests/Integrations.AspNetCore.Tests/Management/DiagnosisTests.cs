using System.Net;
using System.Text.Json;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class DiagnosisTests
{
    private static readonly string Path = $"/integrations/api/integrations/{TestApp.IntegrationId}/diagnosis";

    [Fact]
    public async Task A_diagnosis_lists_every_check_with_its_evidence_and_fix()
    {
        await using var app = await TestApp.StartAsync();
        app.Doctor.DiagnoseAsync(new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId), Arg.Any<CancellationToken>()).Returns(new ConnectionDiagnosis
        {
            Key = new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId),
            Type = IntegrationType.Facebook,
            At = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
            Checks = [ConnectionCheck.Ok("token", "Token", "It works."), ConnectionCheck.Failed("account_role", "Role", "It is gone.", "Ask an admin.")],
        });

        var response = await app.Ann.GetPageAsync(Path);
        var body = await response.JsonAsync();

        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal(("facebook", "failed"), (body.GetProperty("type").GetString(), body.GetProperty("status").GetString()));
        Assert.Equal(
            ["token ok It works. ", "account_role failed It is gone. Ask an admin."],
            body.GetProperty("checks").EnumerateArray().Select(c => string.Join(' ',
                c.GetProperty("code").GetString(), c.GetProperty("status").GetString(), c.GetProperty("evidence").GetString(), c.GetProperty("fix").GetString())));
        Assert.Equal(JsonValueKind.Null, body.GetProperty("checks")[0].GetProperty("fix").ValueKind);
    }

    [Fact]
    public async Task Another_clients_integration_is_not_found_and_nobody_unknown_may_ask()
    {
        await using var app = await TestApp.StartAsync();
        app.Doctor.DiagnoseAsync(default, TestContext.Current.CancellationToken).ReturnsForAnyArgs((ConnectionDiagnosis?)null);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Ann.GetPageAsync(Path)).StatusCode);
        await app.Doctor.Received(1).DiagnoseAsync(new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId), Arg.Any<CancellationToken>());
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetPageAsync(Path)).StatusCode);
    }
}
