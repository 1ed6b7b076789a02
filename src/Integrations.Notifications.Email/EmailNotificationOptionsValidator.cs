using System.Net;
using Microsoft.Extensions.Options;

namespace Integrations.Notifications.Email;

/// <summary>Stops a host with wrong settings when it starts.</summary>
internal sealed class EmailNotificationOptionsValidator : IValidateOptions<EmailNotificationOptions>
{
    // The runtime gives a listener a minute for an event.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(50);

    public ValidateOptionsResult Validate(string? name, EmailNotificationOptions options)
    {
        var failures = new List<string>();
        CheckServer(options, failures);
        if (options.UserName.Length == 0 != (options.Password.Length == 0))
            failures.Add($"{Setting(options.UserName.Length == 0 ? "UserName" : "Password")} is empty. Set both UserName and Password, or neither for a server that asks for no login.");
        if (MailAddresses.Parse(options.From) is null)
            failures.Add($"{Setting("From")} is '{Lines.Clean(options.From)}'. Give one address, such as alerts@example.com or \"Example\" <alerts@example.com>.");
        if (Lines.Clean(options.SubjectPrefix) != options.SubjectPrefix)
            failures.Add($"{Setting("SubjectPrefix")} holds a line break or another control character. Give plain text.");
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > LongestTimeout)
            failures.Add($"{Setting("Timeout")} is {options.Timeout}. It must be longer than zero and at most {LongestTimeout}.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckServer(EmailNotificationOptions options, List<string> failures)
    {
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
            failures.Add($"{Setting("Host")} is '{Lines.Clean(options.Host)}'. Give the mail server's name or address, without scheme and port.");
        if (options.Port is < 1 or > 65535)
            failures.Add($"{Setting("Port")} is {options.Port}. Use 1 to 65535: usually 587 with StartTls or 465 with Implicit.");
        if (!Enum.IsDefined(options.Tls))
            failures.Add($"{Setting("Tls")} is {(int)options.Tls}. Use StartTls, Implicit or None.");
        else if (options.Tls == EmailTls.None && !IsLoopback(options.Host))
            failures.Add($"{Setting("Tls")} is None and Host is '{Lines.Clean(options.Host)}'. Without TLS only a loopback address is accepted; use StartTls or Implicit.");
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string Setting(string setting) => $"Integrations:Email:{setting}";
}
