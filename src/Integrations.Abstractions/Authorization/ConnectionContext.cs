using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>One connection, opened for one call: everything a provider may know about it. Do not keep it.</summary>
public sealed class ConnectionContext
{
    /// <summary>The integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>The connected account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name for people. Null if not known.</summary>
    public string? AccountName { get; init; }

    /// <summary>The platform's id of the person who consented. Null if not known.</summary>
    public string? AuthorizedUserId { get; init; }

    /// <summary>The token calls are made with. Empty if the platform needs none.</summary>
    public Secret AccessToken { get; init; }

    /// <summary>What the next token is fetched with. Empty if there is none.</summary>
    public Secret RefreshToken { get; init; }

    /// <summary>
    /// Where the platform delivers webhooks to: the public address of this platform's endpoint, for an
    /// <see cref="IChannelActivator"/> to register. A query of the provider's own may be added, for example to tell accounts apart;
    /// it comes back as <see cref="WebhookRequest.Query"/>. Null if the host has set no public address.
    /// </summary>
    public Uri? WebhookUri { get; init; }

    /// <summary>The details document, opened. The provider's own copy: changes to it go nowhere.</summary>
    public JsonObject Details { get; init; } = [];
}
