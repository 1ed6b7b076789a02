using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Integrations.AspNetCore;

/// <summary>
/// Visitors' files on disk: client/integration/visitor/file. No part of a path comes from a browser: the visitor is a hash, the file
/// a random id. A file is promised (.new), being written (.taken) or finished (.done); its bytes are in .bin. Each step is a rename,
/// which one caller wins, whichever host it came through. Thread-safe.
/// </summary>
internal sealed class UploadFolder(string root)
{
    private const int TimeLength = 12; // what a version 7 id begins with: milliseconds, in hexadecimal
    private readonly string _root = Path.GetFullPath(root);

    public static string VisitorOf(string contactId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contactId)))[..32];

    public string Promise(IntegrationKey key, string visitor, UploadedFile file, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now).ToString("N");
        Directory.CreateDirectory(FolderOf(key, visitor));
        File.WriteAllBytes(PathOf(key, visitor, id, "new"), JsonSerializer.SerializeToUtf8Bytes(file, WidgetJsonContext.Default.UploadedFile));
        return id;
    }

    /// <summary>Takes a promise, once. Null if there is none.</summary>
    public UploadedFile? Take(IntegrationKey key, string visitor, string id)
    {
        try
        {
            File.Move(PathOf(key, visitor, id, "new"), PathOf(key, visitor, id, "taken"));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return Describe(PathOf(key, visitor, id, "taken"));
    }

    public FileStream Create(IntegrationKey key, string visitor, string id) =>
        new(PathOf(key, visitor, id, "bin"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 81920, useAsync: true);

    public void Finish(IntegrationKey key, string visitor, string id) =>
        File.Move(PathOf(key, visitor, id, "taken"), PathOf(key, visitor, id, "done"));

    public void Drop(IntegrationKey key, string visitor, string id)
    {
        File.Delete(PathOf(key, visitor, id, "bin"));
        File.Delete(PathOf(key, visitor, id, "taken"));
    }

    /// <summary>A finished file, and where its bytes are. Null if there is none.</summary>
    public (UploadedFile File, string Path)? Find(IntegrationKey key, string visitor, string id) =>
        IsId(id) && Describe(PathOf(key, visitor, id, "done")) is { } file ? (file, PathOf(key, visitor, id, "bin")) : null;

    /// <summary>What a visitor has and was promised, in bytes, each file being at least so large. Promises that were not kept are forgotten.</summary>
    public long Count(IntegrationKey key, string visitor, long least, DateTimeOffset keptSince)
    {
        var folder = FolderOf(key, visitor);
        if (!Directory.Exists(folder))
            return 0;
        var total = 0L;
        foreach (var path in Directory.EnumerateFiles(folder).Where(p => !p.EndsWith(".bin", StringComparison.Ordinal)))
        {
            if (path.EndsWith(".new", StringComparison.Ordinal) && IsBefore(path, keptSince))
                File.Delete(path);
            else if (Describe(path) is { } file)
                total += Math.Max(least, file.Size);
        }

        return total;
    }

    public void Erase(IntegrationKey key, string? visitor = null)
    {
        var folder = visitor is null ? FolderOf(key) : FolderOf(key, visitor);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    public void EraseBefore(IntegrationKey key, DateTimeOffset before, CancellationToken ct)
    {
        if (!Directory.Exists(FolderOf(key)))
            return;
        foreach (var path in Directory.EnumerateFiles(FolderOf(key), "*", SearchOption.AllDirectories).Where(p => IsBefore(p, before)))
        {
            ct.ThrowIfCancellationRequested();
            File.Delete(path);
        }
    }

    private static bool IsBefore(string path, DateTimeOffset time) =>
        string.CompareOrdinal(Path.GetFileName(path), 0, time.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture), 0, TimeLength) < 0;

    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    private static UploadedFile? Describe(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), WidgetJsonContext.Default.UploadedFile);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string FolderOf(IntegrationKey key) => Path.Combine(_root, key.ClientId.ToString("N"), key.IntegrationId.ToString("N"));

    private string FolderOf(IntegrationKey key, string visitor) => Path.Combine(FolderOf(key), visitor);

    private string PathOf(IntegrationKey key, string visitor, string id, string step) => Path.Combine(FolderOf(key, visitor), $"{id}.{step}");
}
