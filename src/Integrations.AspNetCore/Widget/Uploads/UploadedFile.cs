namespace Integrations.AspNetCore;

/// <summary>What a visitor said about a file. Its size and, for known types, its type are checked before it counts.</summary>
internal sealed class UploadedFile
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required long Size { get; init; }
}
