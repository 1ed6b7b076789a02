namespace Integrations;

/// <summary>Proof key for code exchange (RFC 7636). The <c>plain</c> method does not exist here.</summary>
public enum PkceMode
{
    /// <summary>The platform does not take one.</summary>
    NotSupported,

    /// <summary>SHA-256 challenge.</summary>
    S256,
}
