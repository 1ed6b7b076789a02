namespace Integrations;

/// <summary>What a deployment did with one channel. Immutable.</summary>
public sealed class ChannelOutcome
{
    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>How it ended.</summary>
    public required ChannelStatus Status { get; init; }

    /// <summary>The integration. Null if none was written.</summary>
    public IntegrationKey? Key { get; init; }

    /// <summary>
    /// Where to send the browser. Null unless it needs authorising at the platform. Of a type that connects by typed credentials it is
    /// null too: show <see cref="IIntegrationCatalog.CredentialFields"/> and call
    /// <see cref="IIntegrationConnector.ConnectWithCredentialsAsync"/>, or use the form that the endpoints have at the connect address.
    /// </summary>
    public Uri? AuthorizationUri { get; init; }

    /// <summary>Every error of the settings.</summary>
    public IReadOnlyList<DetailsError> Errors { get; init; } = [];

    /// <summary>Why it failed. Null if it did not.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>What works less well than asked for.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
