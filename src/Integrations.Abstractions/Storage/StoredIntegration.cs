namespace Integrations;

/// <summary>An integration as read from a store: its row and its connection.</summary>
public sealed class StoredIntegration
{
    /// <summary>The row of <c>integrations</c>.</summary>
    public required IntegrationRecord Record { get; init; }

    /// <summary>The row of <c>integration_connections</c>.</summary>
    public required ConnectionRecord Connection { get; init; }
}
