using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>A platform's refusal, without anything the platform wrote.</summary>
internal sealed class IntegrationProviderError
{
    [JsonPropertyName("kind"), JsonConverter(typeof(SnakeCaseEnum<ProviderErrorKind>))]
    public required ProviderErrorKind Kind { get; init; }

    /// <summary>The platform's own code.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("message")]
    public string? Message { get; init; }

    [JsonPropertyName("retry_after_seconds")]
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The platform's support id.</summary>
    [JsonPropertyName("trace_id")]
    public string? TraceId { get; init; }

    public static IntegrationProviderError? From(ProviderError? error) => error is null ? null : new()
    {
        Kind = error.Kind,
        Code = error.Code,
        // What is wrong with the host's own app, its network or its settings is for its operator, who finds it in the log.
        Message = error.Kind switch
        {
            ProviderErrorKind.Configuration => null,
            ProviderErrorKind.Transient => "The platform did not answer as expected. Try again in a moment.",
            _ => error.SafeMessage,
        },
        RetryAfterSeconds = error.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null,
        TraceId = error.TraceId,
    };
}
