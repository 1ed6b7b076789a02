namespace Integrations;

/// <summary>Whether the stored secrets of an integration can be opened.</summary>
public enum CredentialHealth
{
    /// <summary>Nobody looked: lists decrypt nothing.</summary>
    NotChecked,

    /// <summary>There are none.</summary>
    None,

    /// <summary>All of them open.</summary>
    Readable,

    /// <summary>
    /// At least one does not open: the key it was sealed with is gone, or the row was changed by another hand. It says nothing
    /// about the connection, whose state is left alone. Restore the key, or connect again.
    /// </summary>
    Unreadable,
}
