using Integrations.AotSmoke;

// The main job on native code: connect a Page, deploy, receive a signed message, answer it. Prints "aot ok" and exits 0.
using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
await using var platform = await FakePlatform.StartAsync();
await using var host = await SmokeHost.StartAsync(platform);
await host.ConnectAsync(patience.Token);
await host.DeployAsync(patience.Token);
await host.ListAsync(patience.Token);
await host.ReceiveAsync("hello", patience.Token);
var answer = await platform.SentText.WaitAsync(patience.Token);
if (answer != "You said: hello")
    throw new InvalidOperationException($"The agent's answer arrived as '{answer}'.");
Console.WriteLine("aot ok");
