using System.Diagnostics;

namespace Integrations.ConventionTests;

/// <summary>What CI prints last: which tests failed, of both kinds.</summary>
public sealed class FailedTestsTests
{
    private const string DotnetLog = """
        passed Integrations.Tests.GoodTests.It_works (12ms)
        failed Integrations.Tests.BadTests.It_breaks (34ms)
          Assert.Equal() Failure: Values differ
          Expected: 1
          Actual:   2
            from /somewhere/Integrations.Tests.dll
        passed Integrations.Tests.GoodTests.It_still_works (5ms)
          total: 3
        """;

    // As Node.js 20 writes it.
    private const string BrowserLog = """
        ok 1 - a_page_that_works
          ---
          duration_ms: 0.6
          ...
        not ok 2 - a_button_that_is_gone
          ---
          duration_ms: 60012.7
          location: '/tests/browser/page.test.mjs:3:1'
          failureType: 'testCodeFailure'
          error: |-
            locator.click: Timeout 60000ms exceeded.

            waiting for getByRole('button')
          code: 'ERR_ASSERTION'
          stack: |-
            TestContext.<anonymous> (page.test.mjs:3:32)
          ...
        FAILED: type check
        1 passed, 2 failed, 0 skipped
        """;

    [Fact]
    public async Task Failed_tests_of_both_kinds_are_named_with_what_went_wrong_and_no_other()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("CI is a bash script.");
        Assert.Equal("""
            failed Integrations.Tests.BadTests.It_breaks (34ms)
                  Assert.Equal() Failure: Values differ
                  Expected: 1
                  Actual:   2
            failed in the browser: a_button_that_is_gone
                  location: '/tests/browser/page.test.mjs:3:1'
                    locator.click: Timeout 60000ms exceeded.
                    waiting for getByRole('button')
            failed: type check

            """.ReplaceLineEndings("\n"), await RunAsync(DotnetLog, BrowserLog));
    }

    [Fact]
    public async Task Nothing_is_named_when_nothing_failed() =>
        Assert.Empty(OperatingSystem.IsWindows() ? "" : await RunAsync("passed Integrations.Tests.GoodTests.It_works (12ms)\n", "ok 1 - a_page\n1 passed, 0 failed, 0 skipped\n"));

    [Fact]
    public void The_list_is_printed_for_failures_of_either_kind_and_before_the_count()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));
        var list = script.IndexOf("eng/failed-tests.sh \"$log\" \"$browser_log\"", StringComparison.Ordinal);
        Assert.InRange(list, 0, script.LastIndexOf("passed, $failed failed", StringComparison.Ordinal));
        Assert.Contains("[ \"$tests_exit\" -ne 0 ] || [ \"$browser_exit\" -ne 0 ]", script, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(params string[] logs)
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("integrations-logs-");
        try
        {
            var files = logs.Select((_, i) => Path.Combine(folder.FullName, $"{i}.log")).ToList();
            for (var i = 0; i < logs.Length; i++)
                await File.WriteAllTextAsync(files[i], logs[i] + "\n", ct);
            using var process = Process.Start(
                new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "eng", "failed-tests.sh"), .. files]) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
