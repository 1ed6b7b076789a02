using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Settings of a <see cref="TokenSimulator"/>. Read once at start.</summary>
public sealed class TokenSimulatorOptions
{
    /// <summary>Id of the one app the simulator knows.</summary>
    public string ClientId { get; init; } = "simulated-app";

    /// <summary>Its secret, expected in the body.</summary>
    public string ClientSecret { get; init; } = "simulated-secret-0123456789";

    /// <summary>What a refresh token is worth after it was used. Default single use: the second use revokes the grant.</summary>
    public RefreshTokenRotation Rotation { get; init; } = RefreshTokenRotation.SingleUse;

    /// <summary>
    /// How long a used refresh token gives the same tokens once more, for those whose answer was lost. Default zero: its second use
    /// is taken for theft, and the whole grant is revoked (RFC 9700, section 4.14.2).
    /// </summary>
    public TimeSpan ReuseGrace { get; init; }

    /// <summary>How long each answer takes. The token is spent before, as at a real platform.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary><c>expires_in</c> of each answer. Default an hour.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Properties to add to each answer, for a provider that wants more than the standard's. Null for none.</summary>
    public JsonObject? Extra { get; init; }

    /// <summary>The clock of <see cref="ReuseGrace"/> and <see cref="Latency"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
