using System.Text.Json.Nodes;

namespace Integrations.AspNetCore;

/// <summary>Opens a session.</summary>
internal sealed class WidgetSessionRequest
{
    public string? Token { get; init; }

    public string? User { get; init; }

    public string? Locale { get; init; }

    public WidgetPage? Page { get; init; }

    /// <summary>What the visitor filled in before the chat.</summary>
    public JsonObject? Contact { get; init; }

    public string? Challenge { get; init; }
}

/// <summary>The page a visitor is on.</summary>
internal sealed class WidgetPage
{
    public string? Url { get; init; }

    public string? Title { get; init; }

    public string? Referrer { get; init; }
}

/// <summary>A visitor's message.</summary>
internal sealed class WidgetMessageRequest
{
    public string? ClientId { get; init; }

    public string? Text { get; init; }

    public string? Payload { get; init; }

    public IReadOnlyList<string>? Attachments { get; init; }
}

/// <summary>Up to where a visitor has read.</summary>
internal sealed class WidgetReadRequest
{
    public long Cursor { get; init; }
}

/// <summary>What was done with the widget.</summary>
internal sealed class WidgetAnalyticsRequest
{
    public IReadOnlyList<WidgetAnalyticsEvent?>? Events { get; init; }
}

/// <summary>One thing done. When is not read.</summary>
internal sealed class WidgetAnalyticsEvent
{
    public string? Name { get; init; }
}

/// <summary>A file a visitor wants to send.</summary>
internal sealed class WidgetFileRequest
{
    public string? Name { get; init; }

    public string? Type { get; init; }

    public long Size { get; init; }
}
