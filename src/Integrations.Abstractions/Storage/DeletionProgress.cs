namespace Integrations;

/// <summary>How far a deletion has come.</summary>
public sealed class DeletionProgress
{
    /// <summary>The integrations still to erase, as in <see cref="DataDeletion.Targets"/>.</summary>
    public required string Targets { get; init; }

    /// <summary>Integrations erased since the last report.</summary>
    public int Integrations { get; init; }

    /// <summary>Contacts erased since the last report.</summary>
    public long Contacts { get; init; }

    /// <summary>Messages erased since the last report.</summary>
    public long Messages { get; init; }

    /// <summary>When all of it was erased, UTC. Null if it goes on.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>How much longer the worker holds it.</summary>
    public required TimeSpan Lease { get; init; }
}
