namespace Integrations.Notifications.Email;

/// <summary>How the connection to the mail server is protected.</summary>
public enum EmailTls
{
    /// <summary>Plain at first, then TLS through STARTTLS; a server that does not offer it is not used. Usual on port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte. Usual on port 465.</summary>
    Implicit,

    /// <summary>No TLS. Accepted for a loopback address only.</summary>
    None,
}
