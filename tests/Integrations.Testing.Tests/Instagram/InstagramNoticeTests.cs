using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Integrations.Testing.Tests.Instagram;

public sealed class InstagramNoticeTests : InstagramTest
{
    [Fact]
    public async Task Deauthorize_and_deletion_are_signed_with_the_instagram_secret_and_name_the_app_scoped_id()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Shop.DeauthorizeAsync(Ct));
        var token = await LongTokenAsync();
        (Meta.InstagramDeauthorizeCallback, Meta.InstagramDataDeletionCallback) = (RecordingCallback.Url, RecordingCallback.Url);

        await Shop.DeauthorizeAsync(Ct);
        await Shop.RequestDataDeletionAsync(Ct);

        Assert.Equal(2, Callback.Posts.Count);
        foreach (var post in Callback.Posts)
        {
            var parts = QueryHelpers.ParseQuery(post.Text)["signed_request"].ToString().Split('.');
            var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Meta.InstagramAppSecret), Encoding.ASCII.GetBytes(parts[1]));
            Assert.Equal(WebEncoders.Base64UrlEncode(signature), parts[0]);
            Assert.Equal(Shop.AppScopedId, JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[1]))!["user_id"]!.ToString());
        }

        (await OnInstagramAsync(HttpMethod.Get, "/v26.0/me", token)).AssertRefused(190, 458);
    }
}
