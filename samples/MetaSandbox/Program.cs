using System.Runtime.InteropServices;
using Integrations.Testing;
using MetaSandbox;

try
{
    await using var meta = await MetaSimulator.StartAsync(new SandboxSettings(args).Read(new SandboxClock()));
    Seed.Fill(meta);
    Console.WriteLine(Welcome.Text(meta));

    var stopped = new TaskCompletionSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await stopped.Task;
    return 0;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopped.TrySetResult();
    }
}
catch (Exception wrong) when (wrong is FormatException or IOException)
{
    await Console.Error.WriteLineAsync($"The sandbox cannot start: {wrong.Message}");
    return 1;
}
