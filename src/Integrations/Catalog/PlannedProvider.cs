namespace Integrations;

/// <summary>
/// Stands in for a platform that is planned: lists, describes, and answers every operation with "not available". A real provider
/// of the same type takes its place by being registered.
/// </summary>
internal sealed class PlannedProvider(IntegrationDescriptor descriptor) : IIntegrationProvider
{
    public IntegrationDescriptor Descriptor { get; } = descriptor;

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) =>
        Task.FromException<AuthorizationRequest>(new IntegrationException(IntegrationErrorKind.NotAvailable, Refusal.ComingSoon(Descriptor).SafeMessage!)
        {
            Type = Descriptor.Type,
        });

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) =>
        Task.FromResult(TokenResult.Failed(Refusal.ComingSoon(Descriptor)));

    public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) =>
        Task.FromResult(TokenResult.Failed(Refusal.ComingSoon(Descriptor)));

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) =>
        Task.FromResult(DetailsValidationResult.Invalid(new DetailsError
        {
            Path = "$",
            Code = "not_available",
            Message = Refusal.ComingSoon(Descriptor).SafeMessage!,
        }));
}
