using System.Diagnostics;

namespace Integrations;

/// <summary>
/// Tracing of the runtime. A stored message carries the trace it came under, so that handling and sending go on in it: one trace
/// from the webhook to the platform.
/// </summary>
/// <remarks>Ids of integrations and messages are on spans, where they help to find one; never on metrics. No secret is on either.</remarks>
internal static class IntegrationsTelemetry
{
    // Static because listeners are: .NET has no factory for sources, and one made per host would be published once for each.
    private static readonly ActivitySource Source = new(IntegrationsInstrumentation.ActivitySourceName);

    /// <summary>The W3C trace context of now, to be stored with a message. Null if there is none.</summary>
    public static string? CurrentTraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Starts the work on a webhook call. Null if nobody listens.</summary>
    public static Activity? StartWebhook(IntegrationType type) =>
        Source.StartActivity("receive webhook")?.SetTag(TagNames.Type, type.Value);

    /// <summary>Starts a call that refreshes a token. Null if nobody listens.</summary>
    public static Activity? StartRefresh(StoredIntegration stored) =>
        Source.StartActivity("refresh token", ActivityKind.Client)?
            .SetTag(TagNames.Type, stored.Record.Type.Value).SetTag("integrations.integration_id", stored.Record.IntegrationId);

    /// <summary>Starts the work on a stored message, in the trace it came under. Null if nobody listens.</summary>
    public static Activity? StartMessage(StoredMessage message)
    {
        if (!Source.HasListeners())
            return null;
        // A parent and no link: one message is handled at a time, and whoever looks for it wants the whole of its way.
        ActivityContext.TryParse(message.TraceParent, null, isRemote: true, out var origin);
        var activity = message.Direction == MessageDirection.Inbound
            ? Source.StartActivity("handle message", ActivityKind.Consumer, origin)?.SetTag("messaging.operation.type", "process")
            : Source.StartActivity("send message", ActivityKind.Producer, origin)?.SetTag("messaging.operation.type", "send");
        return activity?.SetTag("integrations.integration_id", message.Key.IntegrationId).SetTag("messaging.message.id", message.Id);
    }

    /// <summary>Says of which platform the message of the present span is.</summary>
    public static void TagType(IntegrationType type)
    {
        if (Activity.Current is { } activity && ReferenceEquals(activity.Source, Source))
            activity.SetTag(TagNames.Type, type.Value);
    }

    /// <summary>Marks a span as failed. The error's text is left out: the log has it.</summary>
    public static void Failed(this Activity? activity, string errorType) => activity?.SetTag(TagNames.ErrorType, errorType).SetStatus(ActivityStatusCode.Error);
}
