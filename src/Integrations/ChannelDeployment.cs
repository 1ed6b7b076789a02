using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>One channel of a deployment.</summary>
public sealed class ChannelDeployment
{
    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>
    /// The channel's settings as a details document; comments and trailing commas are allowed. Null keeps what is stored. A
    /// masked secret coming back means "unchanged"; properties the connection filled are kept.
    /// </summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public string? Details { get; init; }

    /// <summary>
    /// The <see cref="IntegrationView.Version"/> the settings were read at; 0 for "there is none yet". If it is another by now,
    /// nothing is written and the outcome is <see cref="ChannelStatus.ChangedMeanwhile"/>. Null saves over whatever is stored.
    /// </summary>
    public long? ExpectedVersion { get; init; }
}
