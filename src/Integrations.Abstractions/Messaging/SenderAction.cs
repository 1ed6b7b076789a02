namespace Integrations;

/// <summary>A signal to a contact that is no message.</summary>
public enum SenderAction
{
    /// <summary>Show that an answer is being written.</summary>
    TypingOn,

    /// <summary>Stop showing it.</summary>
    TypingOff,

    /// <summary>Mark the contact's messages as seen.</summary>
    MarkSeen,
}
