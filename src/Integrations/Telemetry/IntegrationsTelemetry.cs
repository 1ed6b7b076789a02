using System.Diagnostics;

namespace Integrations;

/// <summary>Tracing of the runtime. One source named <c>Integrations</c>; a stored message carries the trace it came under.</summary>
internal static class IntegrationsTelemetry
{
    public const string Name = "Integrations";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The W3C trace context of now, to be stored with a message. Null if there is none.</summary>
    public static string? CurrentTraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Starts the work on a stored message, linked to the trace it came under. Null if nobody listens.</summary>
    public static Activity? StartMessage(StoredMessage message)
    {
        if (!Source.HasListeners())
            return null;
        ActivityLink[] links = ActivityContext.TryParse(message.TraceParent, null, isRemote: true, out var origin) ? [new ActivityLink(origin)] : [];
        var (name, kind) = message.Direction == MessageDirection.Inbound ? ("handle message", ActivityKind.Consumer) : ("send message", ActivityKind.Producer);
        var activity = Source.StartActivity(kind, links: links, name: name);
        activity?.SetTag("integrations.integration_id", message.Key.IntegrationId).SetTag("integrations.message_id", message.Id);
        return activity;
    }
}
