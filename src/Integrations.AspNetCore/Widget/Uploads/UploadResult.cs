namespace Integrations.AspNetCore;

/// <summary>What became of the bytes of an upload.</summary>
internal enum UploadResult
{
    Stored,

    /// <summary>The address is not ours, too old, or was used.</summary>
    NoTicket,

    WrongSize,

    WrongType,
}
