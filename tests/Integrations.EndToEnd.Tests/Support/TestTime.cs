namespace Integrations.EndToEnd.Tests.Support;

/// <summary>How long anything may take before a test that hangs becomes a test that fails.</summary>
internal static class TestTime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Ends with the test run, or three minutes from now.</summary>
    public static CancellationToken Token
    {
        get
        {
            var limited = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limited.CancelAfter(Limit);
            return limited.Token;
        }
    }
}
