namespace Integrations;

/// <summary>Which messages of an integration to read.</summary>
public sealed class MessageQuery
{
    /// <summary>The integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>Only those that stand here. Null for all.</summary>
    public MessageState? State { get; init; }

    /// <summary>Only of this contact. Null for all.</summary>
    public string? ContactId { get; init; }

    /// <summary>Only ids less than this, to page on. Null from the newest.</summary>
    public Guid? Before { get; init; }

    /// <summary>At most so many, 1 to 500. Default 100.</summary>
    public int Limit { get; init; } = 100;
}
