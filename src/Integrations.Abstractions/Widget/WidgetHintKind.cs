namespace Integrations;

/// <summary>What a hint says.</summary>
public enum WidgetHintKind
{
    /// <summary>The conversation has something new: read it.</summary>
    Message,

    /// <summary>The agent is writing.</summary>
    TypingOn,

    /// <summary>The agent stopped writing.</summary>
    TypingOff,

    /// <summary>The contact's messages were seen.</summary>
    Seen,
}
