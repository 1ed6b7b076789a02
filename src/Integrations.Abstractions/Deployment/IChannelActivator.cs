namespace Integrations;

/// <summary>A provider that must tell the platform when an integration goes live or is paused, for example to subscribe to webhooks.</summary>
public interface IChannelActivator
{
    /// <summary>Makes the platform deliver. Doing it twice succeeds and changes nothing.</summary>
    Task<ProviderResult> ActivateAsync(ConnectionContext connection, CancellationToken ct = default);

    /// <summary>Makes the platform stop delivering. Doing it twice succeeds and changes nothing.</summary>
    Task<ProviderResult> DeactivateAsync(ConnectionContext connection, CancellationToken ct = default);
}
