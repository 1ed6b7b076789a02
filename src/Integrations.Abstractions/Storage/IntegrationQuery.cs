namespace Integrations;

/// <summary>Which integrations of a client to list.</summary>
public sealed class IntegrationQuery
{
    /// <summary>The client.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>Only this chat. Null for all.</summary>
    public Guid? ChatId { get; init; }

    /// <summary>Only this platform. Null for all.</summary>
    public IntegrationType? Type { get; init; }

    /// <summary>Only ids greater than this, to page on. Null from the start.</summary>
    public Guid? After { get; init; }

    /// <summary>At most so many, 1 to 500. Default 100.</summary>
    public int Limit { get; init; } = 100;
}
