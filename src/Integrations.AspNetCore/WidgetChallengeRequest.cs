using System.Net;

namespace Integrations.AspNetCore;

/// <summary>A new visitor who is to be tested. Immutable.</summary>
public sealed class WidgetChallengeRequest
{
    /// <summary>The widget.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>What the browser answered. Null on the first try.</summary>
    public string? Answer { get; init; }

    /// <summary>Where the request came from. Null if not known.</summary>
    public IPAddress? RemoteAddress { get; init; }
}
