using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Integrations.ConventionTests;

/// <summary>Everything but EF runs as native code: the program beside these tests is published for real and started.</summary>
public sealed partial class AotPublishTests
{
    // What the SDK says when a registry has no native compiler or runtime pack for this machine.
    private static readonly string[] NotRestorable = ["NU1101", "NU1102", "NU1301", "NETSDK1094"];

    [Fact]
    public async Task The_main_job_runs_as_native_code_published_without_a_warning()
    {
        if (!HasLinker())
            Unavailable("there is no C linker: install gcc or clang");
        var folder = Directory.CreateTempSubdirectory("integrations-aot-");
        try
        {
            var publish = await RunAsync("dotnet",
            [
                "publish", Path.Combine(Repository.Root, "tests", "Integrations.AotSmoke"), "-c", "Release", "--nologo", "-v", "minimal",
                "-p:AotSmoke=true", $"-p:ArtifactsPath={folder.FullName}", "-p:UseSharedCompilation=false", "-o", Path.Combine(folder.FullName, "program"),
            ]);
            if (publish.ExitCode != 0 && NotRestorable.Any(publish.Output.Contains))
                Unavailable($"the native compiler cannot be restored here:\n{publish.Output}");
            Assert.True(publish.ExitCode == 0, publish.Output);
            Assert.DoesNotMatch(TrimOrAotWarning(), publish.Output);

            var run = await RunAsync(
                Path.Combine(folder.FullName, "program", "Integrations.AotSmoke" + (OperatingSystem.IsWindows() ? ".exe" : "")), [], home: folder.FullName);
            Assert.True(run.ExitCode == 0, run.Output);
            Assert.Contains("aot ok", run.Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Unavailable(string reason)
    {
        var message = $"No native publish: {reason}.";
        if (Environment.GetEnvironmentVariable("INTEGRATIONS_REQUIRE_AOT") == "1")
            Assert.Fail(message);
        Assert.Skip(message);
    }

    private static bool HasLinker() => !RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "gcc")) || File.Exists(Path.Combine(folder, "clang")));

    /// <param name="program">What to run.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="home">Where it keeps the keys it makes. Null for the user's own home.</param>
    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] args, string? home = null)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A build server would outlive the test, and keep the pipe it inherited open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        if (home is not null)
            start.Environment["HOME"] = home;
        using var process = Process.Start(start)!;
        var ct = TestContext.Current.CancellationToken;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    [GeneratedRegex(@"\bIL[23]\d{3}\b")]
    private static partial Regex TrimOrAotWarning();
}
