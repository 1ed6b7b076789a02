using Integrations.EndToEnd.Tests.Crash;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Widget;

/// <summary>A host with the chat widget, in a process of its own.</summary>
internal sealed class WidgetProcess : IAsyncDisposable
{
    private WidgetProcess(ChildProcess process, Uri address) => (Process, Address) = (process, address);

    public ChildProcess Process { get; }

    public Uri Address { get; }

    /// <param name="backplane">Settings of the widget: the backplane, how often it pings.</param>
    public static async Task<WidgetProcess> StartAsync(
        TestDatabase database, IEnumerable<KeyValuePair<string, string>> backplane, bool runWorkers, CancellationToken ct)
    {
        var port = LoopbackPort.Reserve();
        var settings = backplane.Select(setting => KeyValuePair.Create($"E2E_Widget__{setting.Key}", setting.Value));
        var process = await HostProcess.StartAsync(port, database, runWorkers, settings, () => Task.CompletedTask, ct);
        return new WidgetProcess(process, LoopbackPort.Address(port));
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
