using System.Globalization;
using Integrations.Testing;
using Microsoft.Extensions.Configuration;

namespace MetaSandbox;

/// <summary>The command line, and the environment: <c>--app-id</c> or <c>META_SANDBOX_APP_ID</c>.</summary>
internal sealed class SandboxSettings(string[] args)
{
    private readonly IConfiguration _settings = new ConfigurationBuilder().AddEnvironmentVariables("META_SANDBOX_").AddCommandLine(args).Build();

    /// <exception cref="FormatException">A value is not of its kind; the message names the option.</exception>
    public MetaSimulatorOptions Read(SandboxClock clock)
    {
        var defaults = new MetaSimulatorOptions();
        return new()
        {
            Port = int.TryParse(Text("port", "5080"), CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65532
                ? port : throw new FormatException("--port must be a number from 0 to 65532: the three hosts of the Instagram login take the next ones."),
            AppId = Text("app-id", defaults.AppId),
            AppSecret = Text("app-secret", defaults.AppSecret),
            InstagramAppId = Text("instagram-app-id", defaults.InstagramAppId),
            InstagramAppSecret = Text("instagram-app-secret", defaults.InstagramAppSecret),
            RequireAppSecretProof = bool.TryParse(Text("require-proof", "true"), out var requires)
                ? requires : throw new FormatException("--require-proof must be true or false."),
            TimeProvider = clock,
            ControlPages = new ControlPanel(clock).HandleAsync,
        };
    }

    // A shell's variable cannot have a hyphen in its name.
    private string Text(string name, string otherwise) => _settings[name] ?? _settings[name.Replace('-', '_')] ?? otherwise;
}
