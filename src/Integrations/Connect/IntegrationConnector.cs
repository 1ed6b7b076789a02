namespace Integrations;

/// <inheritdoc cref="IIntegrationConnector"/>
internal sealed class IntegrationConnector(
    ConnectStarter starter, CallbackCompleter completer, AccountChooser chooser, CredentialConnector credentials, Disconnector disconnector) : IIntegrationConnector
{
    public Task<StartConnectResult> StartAsync(StartConnectRequest request, CancellationToken ct = default) => starter.StartAsync(request, ct);

    public Task<ConnectResult> CompleteAsync(AuthorizationCallback callback, CancellationToken ct = default) => completer.CompleteAsync(callback, ct);

    public Task<AccountChoice?> FindAccountChoiceAsync(AccountChoiceKey key, CancellationToken ct = default) => chooser.FindAsync(key, ct);

    public Task<ConnectResult> SelectAccountAsync(AccountChoiceKey key, string accountId, CancellationToken ct = default) => chooser.SelectAsync(key, accountId, ct);

    public Task<ConnectResult> ConnectWithCredentialsAsync(CredentialConnectRequest request, CancellationToken ct = default) => credentials.ConnectAsync(request, ct);

    public Task<ProviderResult> DisconnectAsync(IntegrationKey key, CancellationToken ct = default) => disconnector.DisconnectAsync(key, ct);
}
