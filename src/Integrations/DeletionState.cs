namespace Integrations;

/// <summary>How far a request for deletion has come.</summary>
public enum DeletionState
{
    /// <summary>Kept; work on it has not begun.</summary>
    Received,

    /// <summary>Being carried out.</summary>
    InProgress,

    /// <summary>Carried out.</summary>
    Done,
}
