namespace Integrations;

/// <summary>Connects by typed credentials.</summary>
internal sealed class CredentialConnector(
    ProviderRegistry providers, ProviderCall provider, AccountConnector connector, ConnectEnd ended)
{
    public async Task<ConnectResult> ConnectAsync(CredentialConnectRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (providers.Describe(request.Type) is null)
            providers.Get(request.Type);
        var result = await TakeAsync(request, ct);
        ended.Tell(request.Type, result);
        return result;
    }

    private async Task<ConnectResult> TakeAsync(CredentialConnectRequest request, CancellationToken ct)
    {
        if (providers.WhyNot(request.Type) is { } reason)
            return AccountConnector.Failed(reason, "/");
        var implementation = providers.Get(request.Type);
        var descriptor = implementation.Descriptor;
        if (descriptor.Authorization != AuthorizationKind.Credentials || implementation is not ICredentialForm form)
            return AccountConnector.Failed(Refusal.New(ProviderErrorKind.NotAvailable, "no_credential_form", $"{descriptor.DisplayName} is not connected by typed credentials."), "/");

        if (Missing(form, request.Submission) is { Count: > 0 } missing)
            return new ConnectResult { Outcome = ConnectOutcome.CredentialsIncomplete, DetailsErrors = missing };

        var tokens = await provider.RunAsync(limit => form.ConnectAsync(request.Submission, limit), TokenResult.Failed, descriptor.Refresh.RequestTimeout, ct);
        if (!tokens.Succeeded)
            return AccountConnector.Failed(tokens.Error, "/");
        var binding = new AuthorizationBinding
        {
            ClientId = request.ClientId, ChatId = request.ChatId, Type = request.Type, UserBinding = string.Empty, BrowserHash = string.Empty,
            AllowAccountSwitch = request.AllowAccountSwitch,
        };
        return await connector.ConnectAsync(binding, implementation, tokens.Tokens, tokens.Tokens, null, ct);
    }

    private static List<DetailsError> Missing(ICredentialForm form, CredentialSubmission submission) =>
    [
        .. form.Fields
            .Where(field => field.IsRequired && (!submission.Values.TryGetValue(field.Name, out var value) || string.IsNullOrWhiteSpace(value.Reveal())))
            .Select(field => new DetailsError { Path = $"$.values.{field.Name}", Code = "required", Message = $"Fill in: {field.Label}." }),
    ];
}
