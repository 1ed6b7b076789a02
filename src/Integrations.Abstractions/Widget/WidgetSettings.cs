namespace Integrations;

/// <summary>What a widget's details say about who may use it, for the server. Never leaves it. Immutable.</summary>
public sealed class WidgetSettings
{
    /// <summary>
    /// Where pages may use it from: <c>https://shop.example</c>, <c>https://*.example.com</c> for any subdomain. Empty for anywhere.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>What the client's own backend signs its users with. Empty if visitors are anonymous.</summary>
    public Secret IdentitySecret { get; init; }

    /// <summary>Whether only signed-in users may chat.</summary>
    public bool RequiresIdentity { get; init; }

    /// <summary>Raised to end all sessions at once.</summary>
    public int SessionEpoch { get; init; }

    /// <summary>New visitors an hour from one address, for clients behind one. Null for the host's default.</summary>
    public int? SessionsPerHour { get; init; }
}
