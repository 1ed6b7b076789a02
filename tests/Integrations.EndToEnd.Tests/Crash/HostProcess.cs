using System.Globalization;
using Integrations.EndToEnd.Tests.Support;
using Integrations.Testing;

namespace Integrations.EndToEnd.Tests.Crash;

/// <summary>A host in a process of its own, to which the simulator posts its webhooks.</summary>
internal static class HostProcess
{
    public static Task<ChildProcess> StartAsync(MetaSimulator meta, TestDatabase database, CancellationToken ct, bool agentBlocks = false, bool runWorkers = true, string? blocksOnEvent = null)
    {
        var port = LoopbackPort.Reserve();
        var settings = new Dictionary<string, string>
        {
            ["E2E_AgentBlocks"] = agentBlocks.ToString(),
            ["E2E_BlocksOnEvent"] = blocksOnEvent ?? "",
            ["E2E_Facebook__AppId"] = meta.AppId,
            ["E2E_Facebook__AppSecret"] = meta.AppSecret,
            ["E2E_Facebook__VerifyToken"] = TestHost.VerifyToken,
            ["E2E_Facebook__GraphBaseUri"] = meta.GraphBaseUri.AbsoluteUri,
            ["E2E_Facebook__DialogBaseUri"] = meta.DialogBaseUri.AbsoluteUri,
        };
        return StartAsync(port, database, runWorkers, settings, RegisterAsync, ct);

        async Task RegisterAsync()
        {
            await meta.SetWebhookAsync(new Uri(LoopbackPort.Address(port), "/integrations/facebook/webhook"), TestHost.VerifyToken, ct);
            meta.DeauthorizeCallback = new Uri(LoopbackPort.Address(port), "/integrations/facebook/deauthorize");
            meta.DataDeletionCallback = new Uri(LoopbackPort.Address(port), "/integrations/facebook/data-deletion");
        }
    }

    /// <summary>Starts it on a port and, when it listens, does what must be done <paramref name="then"/>.</summary>
    public static async Task<ChildProcess> StartAsync(
        int port, TestDatabase database, bool runWorkers, IEnumerable<KeyValuePair<string, string>> settings, Func<Task> then, CancellationToken ct)
    {
        var process = ChildProcess.Start("Integrations.EndToEnd.Host.dll", new Dictionary<string, string>
        {
            ["E2E_Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["E2E_KeysFolder"] = database.KeysFolder,
            ["E2E_Database"] = database.Kind,
            ["E2E_ConnectionString"] = database.ConnectionString,
            ["E2E_RunWorkers"] = runWorkers.ToString(),
        }.Concat(settings));
        try
        {
            await process.SaysAsync("READY", ct);
            await then();
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }
}
