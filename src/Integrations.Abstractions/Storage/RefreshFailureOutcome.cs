namespace Integrations;

/// <summary>What became of a <see cref="RefreshFailure"/>.</summary>
public enum RefreshFailureOutcome
{
    /// <summary>A newer token is stored: nothing was written.</summary>
    Superseded,

    /// <summary>Written; the state stayed.</summary>
    Recorded,

    /// <summary>Written, and this write moved the connection; its event is stored.</summary>
    StateChanged,
}
