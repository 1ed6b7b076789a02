using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>Accounts to choose from.</summary>
internal sealed class IntegrationChoiceResponse
{
    [JsonPropertyName("choice")]
    public required string Choice { get; init; }

    [JsonPropertyName("chat_id")]
    public required Guid ChatId { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("accounts")]
    public required IReadOnlyList<IntegrationAccount> Accounts { get; init; }

    [JsonPropertyName("expires_at")]
    public required DateTimeOffset ExpiresAt { get; init; }

    public static IntegrationChoiceResponse From(string choiceId, AccountChoice choice) => new()
    {
        Choice = choiceId,
        ChatId = choice.ChatId,
        Type = choice.Type.Value,
        Accounts = [.. choice.Accounts.Select(IntegrationAccount.From)],
        ExpiresAt = choice.ExpiresAt,
    };
}
