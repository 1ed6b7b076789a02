namespace Integrations.Providers.ChatWidget;

/// <summary>The browser's script, built from TypeScript and embedded in this assembly.</summary>
internal static class WidgetResource
{
    private const string Name = "widget.js";
    private const int ContractVersion = 1;

    /// <summary>Read once.</summary>
    public static WidgetScript Script { get; } = new() { Content = Read(), Version = ContractVersion };

    private static byte[] Read()
    {
        using var stream = typeof(WidgetResource).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"The assembly was built without its resource {Name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
