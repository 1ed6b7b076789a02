namespace Integrations.Notifications.Email.Tests;

/// <summary>What the mail server is told: see Exim's specification, chapters 14, 33 and 43.</summary>
internal static class MailServerConfiguration
{
    public static string Text(string folder, string user, string group, int startTls, int tls, int plain) =>
        """
        exim_user = @user@
        exim_group = @group@
        spool_directory = @folder@/spool
        log_file_path = @folder@/log/%slog
        pid_file_path = @folder@/spool/exim.pid
        primary_hostname = mail.test
        keep_environment =
        local_interfaces = <; 127.0.0.1
        daemon_smtp_ports = @startTls@ : @tls@ : @plain@
        tls_on_connect_ports = @tls@
        tls_advertise_hosts = ${if eq{$received_port}{@plain@}{}{*}}
        auth_advertise_hosts = ${if or{{def:tls_in_cipher}{eq{$received_port}{@plain@}}}{*}{}}
        smtputf8_advertise_hosts = ${if eq{$received_port}{@plain@}{}{*}}
        tls_certificate = @folder@/server.crt
        tls_privatekey = @folder@/server.key
        host_lookup =
        smtp_accept_max = 50
        acl_smtp_mail = mail
        acl_smtp_rcpt = rcpt
        acl_smtp_data = data

        begin acl
        mail:
          deny senders = refused@example.com
          deny !authenticated = *
          accept
        rcpt:
          deny local_parts = nobody
               message = there is no such person here
          defer local_parts = grey
                condition = ${if exists{@folder@/open}{no}{yes}}
                message = come back later
          defer local_parts = grey-at-first
                condition = ${if exists{@folder@/open-at-last}{no}{yes}}
          accept domains = example.com : xn--exmple-cua.com
          deny message = relaying denied
        data:
          deny condition = ${if match{$h_subject:}{unwanted}}
          accept

        begin routers
        all:
          driver = accept
          transport = maildir

        begin transports
        maildir:
          driver = appendfile
          maildir_format
          directory = @folder@/mail
          user = @user@
          group = @group@

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_condition = ${if and{{eq{$auth2}{alerts}}{eq{$auth3}{right}}}}
          server_set_id = $auth2

        """
        .Replace("@user@", user, StringComparison.Ordinal)
        .Replace("@group@", group, StringComparison.Ordinal)
        .Replace("@folder@", folder, StringComparison.Ordinal)
        .Replace("@startTls@", $"{startTls}", StringComparison.Ordinal)
        .Replace("@tls@", $"{tls}", StringComparison.Ordinal)
        .Replace("@plain@", $"{plain}", StringComparison.Ordinal);
}
