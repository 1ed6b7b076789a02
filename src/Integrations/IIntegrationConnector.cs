namespace Integrations;

/// <summary>Connects integrations to accounts of their platforms, and disconnects them. Thread-safe.</summary>
public interface IIntegrationConnector
{
    /// <summary>Starts connecting: where to send the browser, and what to remember in it.</summary>
    Task<StartConnectResult> StartAsync(StartConnectRequest request, CancellationToken ct = default);

    /// <summary>
    /// Takes the platform's callback. Each state works once, also when the platform reports an error; calling again does no harm.
    /// </summary>
    Task<ConnectResult> CompleteAsync(AuthorizationCallback callback, CancellationToken ct = default);

    /// <summary>Reads an account choice that <see cref="CompleteAsync"/> left open. Null if unknown, expired, used, or another's.</summary>
    Task<AccountChoice?> FindAccountChoiceAsync(AccountChoiceKey key, CancellationToken ct = default);

    /// <summary>Takes one of the offered accounts. The choice stays open if the account could not be connected.</summary>
    Task<ConnectResult> SelectAccountAsync(AccountChoiceKey key, string accountId, CancellationToken ct = default);

    /// <summary>Connects by typed credentials, for types whose authorization is <see cref="AuthorizationKind.Credentials"/>.</summary>
    Task<ConnectResult> ConnectWithCredentialsAsync(CredentialConnectRequest request, CancellationToken ct = default);

    /// <summary>
    /// Disconnects: tells the platform, wipes the tokens, releases the account. Tokens are wiped even if the platform does not
    /// answer; that is then a warning. Doing it twice succeeds.
    /// </summary>
    /// <exception cref="IntegrationException">This client has no such integration (<see cref="IntegrationErrorKind.NotFound"/>).</exception>
    Task<ProviderResult> DisconnectAsync(IntegrationKey key, CancellationToken ct = default);
}
