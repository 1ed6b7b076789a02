namespace Integrations;

/// <summary>
/// Names to observe the runtime by, for example <c>AddMeter(IntegrationsInstrumentation.MeterName)</c> and
/// <c>AddSource(IntegrationsInstrumentation.ActivitySourceName)</c> of OpenTelemetry. What is measured and logged is listed in
/// <c>docs/operations.md</c>.
/// </summary>
public static class IntegrationsInstrumentation
{
    /// <summary>The meter of all metrics. Their tags are bounded and never hold an id.</summary>
    public const string MeterName = "Integrations";

    /// <summary>
    /// The source of all spans: <c>receive webhook</c>, <c>handle message</c>, <c>send message</c> and <c>refresh token</c>. The
    /// first three of one message are of one trace, across the database and across hosts.
    /// </summary>
    public const string ActivitySourceName = "Integrations";
}
