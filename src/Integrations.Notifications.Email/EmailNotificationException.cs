namespace Integrations.Notifications.Email;

/// <summary>
/// An e-mail that was not sent and may be later. <see cref="IntegrationException.Kind"/> is
/// <see cref="IntegrationErrorKind.Configuration"/> if someone must correct a setting first, else
/// <see cref="IntegrationErrorKind.Unknown"/>. Its message holds neither the address nor anything the server said.
/// </summary>
public sealed class EmailNotificationException : IntegrationException
{
    /// <summary>Creates one.</summary>
    /// <param name="kind">Whether a setting is wrong.</param>
    /// <param name="message">What happened, and the next step.</param>
    /// <param name="innerException">The cause, if its text is our own machine's and not the server's.</param>
    public EmailNotificationException(IntegrationErrorKind kind, string message, Exception? innerException = null)
        : base(kind, message, innerException)
    {
    }

    /// <summary>The server's reply code, such as 451. Null if it gave none.</summary>
    public int? ReplyCode { get; init; }
}
