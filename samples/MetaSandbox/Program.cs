using System.Runtime.InteropServices;
using Integrations.Testing;
using MetaSandbox;
using Microsoft.Extensions.Configuration;

var settings = new ConfigurationBuilder().AddEnvironmentVariables("META_SANDBOX_").AddCommandLine(args).Build();
var defaults = new MetaSimulatorOptions();
var options = new MetaSimulatorOptions
{
    Port = settings.GetValue("port", 5080),
    AppId = settings.GetValue("app-id", defaults.AppId)!,
    AppSecret = settings.GetValue("app-secret", defaults.AppSecret)!,
    InstagramAppId = settings.GetValue("instagram-app-id", defaults.InstagramAppId)!,
    InstagramAppSecret = settings.GetValue("instagram-app-secret", defaults.InstagramAppSecret)!,
    RequireAppSecretProof = settings.GetValue("require-proof", true),
    ControlPages = ControlPanel.HandleAsync,
};

await using var meta = await MetaSimulator.StartAsync(options);
Seed.Fill(meta);
Console.WriteLine(Welcome.Text(meta));

var stopped = new TaskCompletionSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await stopped.Task;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult();
}
