namespace Integrations;

/// <summary>Where a stored message stands.</summary>
public enum MessageState
{
    /// <summary>To be handled.</summary>
    Pending,

    /// <summary>Handled or sent.</summary>
    Done,

    /// <summary>Kept, with nothing to do for it: an echo, a receipt, a paused integration.</summary>
    Skipped,

    /// <summary>A send whose answer was lost. Never resent by itself; an echo settles it.</summary>
    Unknown,

    /// <summary>Given up; see the error. Can be put back with <see cref="IMessageInbox.RequeueAsync"/>.</summary>
    Failed,
}
