using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests.Instagram;

/// <summary>An Instagram account that logs in by itself, beside the Page of the base class.</summary>
public abstract class InstagramTest : GraphTest
{
    protected const string InstagramScopes = "instagram_business_basic,instagram_business_manage_messages,instagram_business_manage_comments";
    protected const string AllFields = "messages,messaging_postbacks,message_reactions,messaging_seen,messaging_referral,message_edit,messaging_handover,standby,comments";
    private SimulatedInstagramAccount? _shop;

    protected SimulatedInstagramAccount Shop => _shop ??= Meta.AddInstagramAccount("shop", "17841400000000077");

    protected Uri InstagramDialog(string extra = "", string scope = InstagramScopes, string? clientId = null) => new(
        Meta.InstagramDialogBaseUri,
        $"/oauth/authorize?client_id={clientId ?? Meta.InstagramAppId}&redirect_uri={Uri.EscapeDataString(Redirect)}&response_type=code&scope={scope}&state=st%2Fate{extra}");

    protected async Task<string> InstagramCodeAsync(Action<ConsentChoice>? choose = null) =>
        Query(await Meta.ConsentAsync(InstagramDialog(), Shop, choose, Ct), "code");

    protected Task<Answer> RedeemAsync(string code, string? secret = null, string? redirect = null, string? appId = null, string grant = "authorization_code", Uri? host = null)
    {
        var form = new FormUrlEncodedContent(
        [
            new("client_id", appId ?? Meta.InstagramAppId), new("client_secret", secret ?? Meta.InstagramAppSecret), new("grant_type", grant),
            new("redirect_uri", redirect ?? Redirect), new("code", code),
        ]);
        return SendAsync(HttpMethod.Post, new Uri(host ?? Meta.InstagramApiBaseUri, "/oauth/access_token").AbsoluteUri, content: form);
    }

    protected Task<Answer> OnInstagramAsync(HttpMethod method, string path, string? token = null, JsonObject? body = null) => SendAsync(
        method, new Uri(Meta.InstagramGraphBaseUri, path).AbsoluteUri, token,
        body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), proof: false);

    protected async Task<string> ShortTokenAsync(Action<ConsentChoice>? choose = null) =>
        (await RedeemAsync(await InstagramCodeAsync(choose))).Json["data"]![0]!["access_token"]!.ToString();

    protected Task<Answer> LengthenAsync(string token, string? secret = null) =>
        OnInstagramAsync(HttpMethod.Get, $"/access_token?grant_type=ig_exchange_token&client_secret={secret ?? Meta.InstagramAppSecret}&access_token={token}");

    protected Task<Answer> RefreshAsync(string token) =>
        OnInstagramAsync(HttpMethod.Get, $"/refresh_access_token?grant_type=ig_refresh_token&access_token={token}");

    protected async Task<string> LongTokenAsync(Action<ConsentChoice>? choose = null) => (await LengthenAsync(await ShortTokenAsync(choose))).Text("access_token");

    protected async Task<string> GoLiveAsync(string fields = AllFields)
    {
        await Meta.SetInstagramWebhookAsync(RecordingCallback.Url, "verify me", Ct);
        var token = await LongTokenAsync();
        Assert.Equal(200, (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/subscribed_apps", token, new JsonObject { ["subscribed_fields"] = fields })).Status);
        return token;
    }

    protected static JsonObject TextTo(string recipientId, string text) => new()
    {
        ["recipient"] = new JsonObject { ["id"] = recipientId },
        ["message"] = new JsonObject { ["text"] = text },
    };
}
