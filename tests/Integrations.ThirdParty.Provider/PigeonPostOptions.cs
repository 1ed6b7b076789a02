using Integrations;

namespace PigeonPost;

/// <summary>What a host must say about its app at Pigeon Post, an invented platform.</summary>
public sealed class PigeonPostOptions
{
    /// <summary>Base of the API and of the consent dialog.</summary>
    public required Uri BaseUri { get; init; }

    /// <summary>Id of the app.</summary>
    public required string ClientId { get; init; }

    /// <summary>How long one refresh may take. Shorter than the host's refresh lease.</summary>
    public TimeSpan RefreshTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Secret of the app: proves token requests and signs webhooks.</summary>
    public required Secret ClientSecret { get; init; }
}
