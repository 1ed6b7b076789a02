namespace Integrations;

/// <summary>Whether a message was new.</summary>
public enum AcceptOutcome
{
    /// <summary>New, and now stored.</summary>
    Accepted,

    /// <summary>Stored before.</summary>
    Duplicate,
}
