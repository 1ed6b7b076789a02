namespace Integrations;

/// <summary>
/// Seals secrets before they reach a database and opens them again. The runtime's default uses ASP.NET Data Protection;
/// a host may register its own. Thread-safe.
/// </summary>
public interface ISecretProtector
{
    /// <summary>Seals a secret for one place. The same secret gives another text each time.</summary>
    string Protect(Secret secret, SecretScope scope);

    /// <summary>
    /// Opens a sealed text. False if it was sealed for another place, was changed, or its key cannot be found: the credentials
    /// are unreadable, which says nothing about the connection itself.
    /// </summary>
    bool TryUnprotect(string sealedText, SecretScope scope, out Secret secret);

    /// <summary>
    /// Whether a text has the form of what <see cref="Protect"/> gives, whatever it was sealed with and for. A secret in the table
    /// of an older version that has not this form is taken for plain text and sealed; so in doubt say true, as the default does.
    /// </summary>
    bool LooksSealed(string text) => true;

    /// <summary>
    /// Whether a sealed text was made with the key that seals now, so that sealing it anew is of no use. In doubt say false, as
    /// the default does.
    /// </summary>
    bool IsCurrent(string sealedText, SecretScope scope) => false;
}
