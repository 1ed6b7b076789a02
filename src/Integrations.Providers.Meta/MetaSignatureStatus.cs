namespace Integrations.Providers.Meta;

/// <summary>What <see cref="MetaSignature"/> found.</summary>
public enum MetaSignatureStatus
{
    /// <summary>The body was signed with one of the secrets.</summary>
    Valid,

    /// <summary>There is no signature.</summary>
    Missing,

    /// <summary>Only the old SHA-1 signature came; it is not accepted.</summary>
    Sha1Only,

    /// <summary>It is not <c>sha256=</c> and 64 hexadecimal digits.</summary>
    Malformed,

    /// <summary>It was made with another secret or over another body.</summary>
    Mismatch,

    /// <summary>There is no secret to check with: nothing is accepted.</summary>
    NoSecret,
}
