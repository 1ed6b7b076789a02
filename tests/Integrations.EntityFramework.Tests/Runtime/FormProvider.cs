using System.Text.Json.Nodes;

namespace Integrations.EntityFramework.Tests.Runtime;

/// <summary>A platform whose accounts are connected by typing their id.</summary>
internal sealed class FormProvider : IIntegrationProvider, ICredentialForm
{
    public const string Token = "EAABsecret";

    public IntegrationDescriptor Descriptor { get; } = new()
    {
        Type = IntegrationType.Facebook,
        DisplayName = "Form",
        Authorization = AuthorizationKind.Credentials,
        SecretDetails = ["page_access_token"],
    };

    public IReadOnlyList<CredentialField> Fields => [];

    public Task<TokenResult> ConnectAsync(CredentialSubmission submission, CancellationToken ct = default) => Task.FromResult(TokenResult.Success(new TokenSet
    {
        AccessToken = new Secret(Token),
        RefreshToken = new Secret(Token + "-refresh"),
        AccountId = submission.Values["account"].Reveal(),
        Details = new JsonObject { ["page_access_token"] = Token },
    }));

    public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) =>
        Task.FromResult(DetailsValidationResult.Valid(JsonNode.Parse(context.Json)!.AsObject()));

    public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) => throw new NotSupportedException();
}
