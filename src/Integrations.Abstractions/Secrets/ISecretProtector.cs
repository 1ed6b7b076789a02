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
}
