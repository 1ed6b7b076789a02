namespace Integrations;

/// <summary>The browser's part of a widget: one script file. Immutable.</summary>
public sealed class WidgetScript
{
    /// <summary>The file, UTF-8.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The major version of its contract with the server; part of its address.</summary>
    public required int Version { get; init; }
}
