namespace Integrations;

/// <summary>Which connections end soon. Times are UTC.</summary>
public sealed class ExpiryQuery
{
    /// <summary>Which end is meant.</summary>
    public required ExpiryKind Kind { get; init; }

    /// <summary>Of these platforms.</summary>
    public required IReadOnlyCollection<IntegrationType> Types { get; init; }

    /// <summary>Only what ends after this.</summary>
    public required DateTime After { get; init; }

    /// <summary>Only what ends by this.</summary>
    public required DateTime Until { get; init; }

    /// <summary>Only those whose refresh has failed in a row since this or longer. Null for any.</summary>
    public DateTime? FailingSince { get; init; }

    /// <summary>
    /// Of those that end exactly at <see cref="After"/> also those with a greater id, to page on. Null for none of them.
    /// </summary>
    public Guid? AfterId { get; init; }

    /// <summary>At most so many, 1 to 500. Default 200.</summary>
    public int Limit { get; init; } = 200;
}
