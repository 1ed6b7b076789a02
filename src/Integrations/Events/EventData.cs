using System.Text.Json.Serialization;

namespace Integrations;

/// <summary>What a stored event says besides its columns. Names in it are stored: do not rename them.</summary>
internal sealed class EventData
{
    public string? AccountName { get; init; }

    public ConnectionState? State { get; init; }

    public string? Cause { get; init; }

    public ProviderError? Error { get; init; }

    public Guid? MessageId { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Written without nulls; members and words that a newer version wrote are skipped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EventData))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
