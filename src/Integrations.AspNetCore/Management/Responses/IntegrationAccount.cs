using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>An account a grant opens. Its name is the platform's text: encode it.</summary>
internal sealed class IntegrationAccount
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("image_url")]
    public string? ImageUrl { get; init; }

    [JsonPropertyName("can_connect")]
    public required bool CanConnect { get; init; }

    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    public static IntegrationAccount From(PlatformAccount account) => new()
    {
        Id = account.Id,
        Name = account.Name,
        // A picture's address comes from the platform; anything but a web address could be a script in a careless page.
        ImageUrl = account.ImageUri is { IsAbsoluteUri: true, Scheme: "https" } image ? image.AbsoluteUri : null,
        CanConnect = account.CanConnect,
        Reason = account.Reason,
    };
}
