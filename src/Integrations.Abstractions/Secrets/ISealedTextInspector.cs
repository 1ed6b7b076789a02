namespace Integrations;

/// <summary>
/// What an <see cref="ISecretProtector"/> may implement too: it knows its own texts without opening them. Without it every secret is
/// sealed anew when a host asks for that, and nothing in a table of an older version is taken for plain text. Thread-safe.
/// </summary>
public interface ISealedTextInspector
{
    /// <summary>
    /// Whether a text has the form of what <see cref="ISecretProtector.Protect"/> gives, whatever it was sealed with and for. A
    /// secret that has not this form is taken for plain text and sealed; so in doubt say true.
    /// </summary>
    bool LooksSealed(string text);

    /// <summary>Whether a sealed text was made with the key that seals now, so that sealing it anew is of no use. In doubt say false.</summary>
    bool IsCurrent(string sealedText, SecretScope scope);
}
