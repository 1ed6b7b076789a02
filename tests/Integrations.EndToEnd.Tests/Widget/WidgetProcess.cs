using System.Globalization;
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
        var process = ChildProcess.Start("Integrations.EndToEnd.Host.dll", new Dictionary<string, string>
        {
            ["E2E_Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["E2E_KeysFolder"] = database.KeysFolder,
            ["E2E_Database"] = database.Kind,
            ["E2E_ConnectionString"] = database.ConnectionString,
            ["E2E_RunWorkers"] = runWorkers.ToString(),
        }.Concat(backplane.Select(setting => KeyValuePair.Create($"E2E_Widget__{setting.Key}", setting.Value))));
        try
        {
            await process.SaysAsync("READY", ct);
            return new WidgetProcess(process, LoopbackPort.Address(port));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
