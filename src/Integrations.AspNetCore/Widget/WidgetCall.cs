namespace Integrations.AspNetCore;

/// <summary>A call that came through the gate.</summary>
internal sealed class WidgetCall
{
    public required WidgetSite Site { get; init; }

    /// <summary>The page's origin. Null on reads from the host's own pages, which carry none.</summary>
    public string? Origin { get; init; }

    /// <summary>Who calls. Null where no token is asked for.</summary>
    public Visitor? Visitor { get; init; }

    /// <summary>The visitor's conversation as it was when the call came. Null before the first message.</summary>
    public ConversationRecord? Conversation { get; init; }

    public IntegrationKey Key => Site.Key;

    public string VisitorId => Visitor?.Id ?? throw new InvalidOperationException("The gate asked for no visitor.");
}
