using System.Buffers;
using System.Text.Json;
using Integrations.Providers.Meta;

namespace Integrations.Providers.Facebook;

/// <summary>What a contact sees before writing: a greeting and the "Get Started" button.</summary>
/// <remarks>https://developers.facebook.com/docs/messenger-platform/reference/messenger-profile-api</remarks>
internal sealed class MessengerProfile(GraphClient graph)
{
    /// <summary>Sets both; if Meta does not take the greeting, the button alone. The error is the greeting's.</summary>
    public async Task<ProviderError?> SetAsync(ConnectionContext page, string greeting, CancellationToken ct)
    {
        var error = await PostAsync(page, greeting, ct);
        if (error is { Kind: ProviderErrorKind.InvalidRequest })
            await PostAsync(page, greeting: null, ct);
        return error;
    }

    private async Task<ProviderError?> PostAsync(ConnectionContext page, string? greeting, CancellationToken ct)
    {
        var result = await graph.SendAsync(
            new GraphRequest
            {
                Method = HttpMethod.Post,
                Path = "me/messenger_profile",
                Token = page.AccessToken,
                Json = Body(greeting),
                Budget = page.AccountId,
            },
            ct);
        return result.Error;
    }

    private static ReadOnlyMemory<byte> Body(string? greeting)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("get_started");
        json.WriteString("payload", FacebookDefaults.GetStartedPayload);
        json.WriteEndObject();
        if (greeting is not null)
        {
            json.WriteStartArray("greeting");
            json.WriteStartObject();
            json.WriteString("locale", "default");
            json.WriteString("text", greeting);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
