namespace Integrations.AspNetCore;

/// <summary>Settings of <c>AddWidgetUploads</c>: what visitors' files may be, and how long their addresses work.</summary>
public sealed class WidgetUploadOptions
{
    /// <summary>Where the files are kept. All hosts share it, and no web server serves it. Set by <c>AddWidgetUploads</c>.</summary>
    public string Folder { get; set; } = string.Empty;

    /// <summary>
    /// Media types taken, each in full, without <c>*</c>. Default: PNG, JPEG, GIF, WebP and PDF, whose content is checked. Others are
    /// taken as they come, and browsers only ever download them.
    /// </summary>
    public ISet<string> Types { get; } =
        new HashSet<string>(["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The largest file, in bytes. Default 10 MiB.</summary>
    public long MaxBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>All files of one visitor together, in bytes; a small file counts as 64 KiB. Default 50 MiB.</summary>
    public long MaxBytesPerVisitor { get; set; } = 50 * 1024 * 1024;

    /// <summary>How long the address of one upload works. Default 5 minutes.</summary>
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an address to read a file works: whoever has it has the file, agents too. Visitors get a new one each time their
    /// conversation is shown. Default 24 hours.
    /// </summary>
    public TimeSpan DownloadLifetime { get; set; } = TimeSpan.FromHours(24);
}
