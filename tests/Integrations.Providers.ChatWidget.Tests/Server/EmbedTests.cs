using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class EmbedTests
{
    [Fact]
    public async Task An_owner_gets_a_snippet_whose_hash_is_that_of_the_script_it_points_to()
    {
        await using var host = await WidgetHost.StartAsync();
        using var client = host.NewClient();
        client.DefaultRequestHeaders.Add(TestSignIn.Header, host.Key.ClientId.ToString());
        var answer = JsonNode.Parse(await client.GetStringAsync($"/integrations/api/integrations/{host.Key.IntegrationId}/embed", WidgetHost.Ct))!;
        Assert.Equal("https://chat.example.com/integrations/widget/v1/widget.js", (string)answer["script_url"]!);
        Assert.Equal(
            $"<script type=\"module\" async src=\"https://chat.example.com/integrations/widget/v1/widget.js\" data-integration=\"{host.Key.IntegrationId}\"></script>",
            (string)answer["snippet"]!);
        var script = await client.GetByteArrayAsync(new Uri((string)answer["pinned_url"]!).AbsolutePath, WidgetHost.Ct);
        var integrity = "sha384-" + Convert.ToBase64String(SHA384.HashData(script));
        Assert.Equal(integrity, (string)answer["integrity"]!);
        Assert.Contains($"integrity=\"{integrity}\" crossorigin=\"anonymous\"", (string)answer["pinned_snippet"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_client_and_nobody_get_none()
    {
        await using var host = await WidgetHost.StartAsync();
        using var client = host.NewClient();
        var path = $"/integrations/api/integrations/{host.Key.IntegrationId}/embed";
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path, WidgetHost.Ct)).StatusCode);
        client.DefaultRequestHeaders.Add(TestSignIn.Header, Guid.CreateVersion7().ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path, WidgetHost.Ct)).StatusCode);
    }
}
