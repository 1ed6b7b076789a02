namespace Integrations.Notifications.Email;

/// <summary>Settings of the e-mails to owners. Validated when the host starts; a wrong one stops it with a message that names the setting.</summary>
public sealed class EmailNotificationOptions
{
    /// <summary>The mail server's name or address. Required.</summary>
    public string Host { get; set; } = string.Empty;

    /// <summary>Its port. Default 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected. Default <see cref="EmailTls.StartTls"/>. The server's certificate is always checked.</summary>
    public EmailTls Tls { get; set; }

    /// <summary>
    /// Also ask the certificate's authority whether it was revoked. Default false, as in .NET's own HTTP client: many authorities can
    /// no longer be asked, and then no connection is made.
    /// </summary>
    public bool CheckRevocation { get; set; }

    /// <summary>The user to log in as. Empty for a server that asks for none.</summary>
    public string UserName { get; set; } = string.Empty;

    /// <summary>The password. A secret: keep it in the host's secret store. Empty if there is no user.</summary>
    public string Password { get; set; } = string.Empty;

    /// <summary>The sender: <c>alerts@example.com</c> or <c>"Example" &lt;alerts@example.com&gt;</c>. Required.</summary>
    public string From { get; set; } = string.Empty;

    /// <summary>Put before each subject, such as <c>[Example] </c>. Default none.</summary>
    public string SubjectPrefix { get; set; } = string.Empty;

    /// <summary>How long one e-mail may take, from connecting to the server's last word. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    // Where the secret leaves for the server, and nowhere else.
    internal Secret Secret() => new(Password);
}
