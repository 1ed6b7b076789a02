using Microsoft.AspNetCore.DataProtection;

namespace WebHost.Setup;

/// <summary>
/// Where the keys live that tokens are sealed with. They must outlive the process and be shared by all hosts of one database:
/// without them the stored credentials cannot be opened.
/// </summary>
internal static class KeyRingSetup
{
    public static void AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        var keys = services.AddDataProtection().SetApplicationName("Integrations.WebHost");
        if (configuration["DataProtection:KeysFolder"] is { Length: > 0 } folder)
            keys.PersistKeysToFileSystem(Directory.CreateDirectory(folder));
    }
}
