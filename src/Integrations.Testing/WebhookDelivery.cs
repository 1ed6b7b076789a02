namespace Integrations.Testing;

/// <summary>One webhook POST and what became of it. A retry is a delivery of its own with the same <see cref="Batch"/>.</summary>
public sealed class WebhookDelivery
{
    /// <summary>Number of the batch; duplicates and retries keep it.</summary>
    public required int Batch { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the attempt started, by the simulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>HTTP status of the answer; null when there was none (refused connection, timeout).</summary>
    public int? Status { get; init; }

    /// <summary>Meta counts exactly 200 as received.</summary>
    public bool Succeeded => Status == 200;

    /// <summary>How many events the body carries.</summary>
    public required int EventCount { get; init; }

    /// <summary>Pages the body speaks of, in order.</summary>
    public required IReadOnlyList<string> PageIds { get; init; }

    /// <summary>The body as sent, with Meta's escapes.</summary>
    public required string Body { get; init; }

    /// <summary>Type of the exception when there was no answer.</summary>
    public string? Failure { get; init; }
}
