using System.Text.Json.Nodes;
using NSubstitute;

namespace Integrations.Tests;

/// <summary>A substitute for a provider with every capability, that says yes to everything until a test says otherwise.</summary>
internal sealed class TestPlatform
{
    public static readonly string[] Required = ["messages", "accounts"];

    private Func<AuthorizeContext, Task<AuthorizationRequest>> _authorize = context => Task.FromResult(new AuthorizationRequest { Uri = Dialog(context) });
    private Func<CodeExchangeContext, CancellationToken, Task<TokenResult>> _exchange;
    private Func<Task<AccountListResult>> _list = () => Task.FromResult(Offer(1));
    private Func<TokenSet, string, Task<TokenResult>> _select = (_, account) => Task.FromResult(TokenResult.Success(AccountTokens(account)));
    private Func<CredentialSubmission, Task<TokenResult>> _credentials = _ => Task.FromResult(TokenResult.Success(AccountTokens("bot-1")));
    private Func<ConnectionContext, Task<ProviderResult>> _activate = _ => Task.FromResult(ProviderResult.Success);
    private Func<ConnectionContext, Task<ProviderResult>> _deactivate = _ => Task.FromResult(ProviderResult.Success);
    private Func<ConnectionContext, Task<ProviderResult>> _revoke = _ => Task.FromResult(ProviderResult.Success);
    private ProbeResult _probe = new();
    private PlatformNoticeResult _notice = new() { Reason = "none_expected" };

    public TestPlatform(
        string type = "facebook", AuthorizationKind authorization = AuthorizationKind.OAuth2, PkceMode pkce = PkceMode.S256, RefreshPolicy? refresh = null, bool hasAccounts = true)
    {
        Type = IntegrationType.Parse(type);
        List<Type> faces = [typeof(IIntegrationProvider), typeof(IChannelActivator), typeof(ITokenRevoker), typeof(IConnectionProbe), typeof(IPlatformNotices), typeof(ICredentialForm)];
        if (hasAccounts)
            faces.Add(typeof(IAccountSource));
        Provider = (IIntegrationProvider)Substitute.For([.. faces], []);
        Provider.Descriptor.Returns(new IntegrationDescriptor
        {
            Type = Type,
            DisplayName = $"The {type} platform",
            Authorization = authorization,
            RequiredScopes = Required,
            OptionalScopes = ["insights"],
            AuthorizationHosts = ["dialog.example"],
            Pkce = pkce,
            Refresh = refresh ?? RefreshPolicy.None,
            SecretDetails = ["page_access_token"],
        });
        _exchange = (_, _) => Task.FromResult(TokenResult.Success(hasAccounts ? UserTokens() : AccountTokens("page-1")));
        // Configured once, and answered through fields: configuring a substitute again would run the answer that is there.
        Provider.AuthorizeAsync(null!, default).ReturnsForAnyArgs(call => _authorize(call.Arg<AuthorizeContext>()));
        Provider.ExchangeCodeAsync(null!, default).ReturnsForAnyArgs(call => _exchange(call.Arg<CodeExchangeContext>(), call.Arg<CancellationToken>()));
        Provider.ValidateDetailsAsync(null!, default).ReturnsForAnyArgs(call => Task.FromResult(Validate(call.Arg<DetailsValidationContext>())));
        if (hasAccounts)
        {
            Accounts.ListAccountsAsync(null!, default).ReturnsForAnyArgs(call => _list());
            Accounts.SelectAccountAsync(null!, null!, default).ReturnsForAnyArgs(call => _select(call.Arg<TokenSet>(), call.Arg<string>()));
        }

        Form.ConnectAsync(null!, default).ReturnsForAnyArgs(call => _credentials(call.Arg<CredentialSubmission>()));
        Activator.ActivateAsync(null!, default).ReturnsForAnyArgs(call => _activate(call.Arg<ConnectionContext>()));
        Activator.DeactivateAsync(null!, default).ReturnsForAnyArgs(call => _deactivate(call.Arg<ConnectionContext>()));
        Revoker.RevokeAsync(null!, default).ReturnsForAnyArgs(call => _revoke(call.Arg<ConnectionContext>()));
        Probe.ProbeAsync(null!, default).ReturnsForAnyArgs(_ => Task.FromResult(_probe));
        Notices.ReadNoticeAsync(null!, default).ReturnsForAnyArgs(_ => Task.FromResult(_notice));
        Provider.ClearReceivedCalls();
    }

    public IntegrationType Type { get; }

    public IIntegrationProvider Provider { get; }

    public IAccountSource Accounts => (IAccountSource)Provider;

    public IChannelActivator Activator => (IChannelActivator)Provider;

    public ITokenRevoker Revoker => (ITokenRevoker)Provider;

    public IConnectionProbe Probe => (IConnectionProbe)Provider;

    public IPlatformNotices Notices => (IPlatformNotices)Provider;

    public ICredentialForm Form => (ICredentialForm)Provider;

    public void OnAuthorize(Func<AuthorizeContext, Task<AuthorizationRequest>> answer) => _authorize = answer;

    public void OnExchange(Func<CodeExchangeContext, CancellationToken, Task<TokenResult>> answer) => _exchange = answer;

    public void OnExchange(TokenResult answer) => _exchange = (_, _) => Task.FromResult(answer);

    public void OnListAccounts(Func<Task<AccountListResult>> answer) => _list = answer;

    public void OnListAccounts(AccountListResult answer) => _list = () => Task.FromResult(answer);

    public void OnSelectAccount(Func<TokenSet, string, Task<TokenResult>> answer) => _select = answer;

    public void OnActivate(Func<ConnectionContext, Task<ProviderResult>> answer) => _activate = answer;

    public void OnDeactivate(Func<ConnectionContext, Task<ProviderResult>> answer) => _deactivate = answer;

    public void OnRevoke(Func<ConnectionContext, Task<ProviderResult>> answer) => _revoke = answer;

    public void OnProbe(ProbeResult answer) => _probe = answer;

    public void OnNotice(PlatformNoticeResult answer) => _notice = answer;

    public void OnCredentials(Func<CredentialSubmission, Task<TokenResult>> answer) => _credentials = answer;

    public int Calls(string method) => Provider.ReceivedCalls().Count(c => c.GetMethodInfo().Name == method);

    /// <summary>Calls that reached the platform, other than building an address.</summary>
    public int PlatformCalls => Provider.ReceivedCalls().Count(c => c.GetMethodInfo().Name is not ("get_Descriptor" or "AuthorizeAsync" or "ValidateDetailsAsync"));

    public int Exchanges => Calls("ExchangeCodeAsync");

    public static AccountListResult Offer(int count) => new()
    {
        Accounts = [.. Enumerable.Range(1, count).Select(i => new PlatformAccount { Id = $"page-{i}", Name = $"Page {i}" })],
    };

    public static TokenSet UserTokens(IReadOnlyList<string>? granted = null) => new()
    {
        AccessToken = new Secret(Canary.UserToken),
        ExpiresIn = TimeSpan.FromDays(60),
        GrantedScopes = granted,
        AuthorizedUserId = "person-1",
    };

    public static TokenSet AccountTokens(string accountId) => new()
    {
        AccessToken = new Secret(Canary.AccountToken),
        RefreshToken = new Secret(Canary.RefreshToken),
        RefreshTokenExpiresIn = TimeSpan.FromDays(60),
        AccountId = accountId,
        AccountName = $"Name of {accountId}",
        Details = new JsonObject { ["page_id"] = accountId, ["page_access_token"] = Canary.AccountToken },
    };

    /// <summary>The consent address as an honest provider builds it.</summary>
    public static Uri Dialog(AuthorizeContext context, string host = "dialog.example", string? state = null, string? redirect = null, string extra = "")
    {
        var pkce = context.CodeChallenge is { } challenge ? $"&code_challenge={challenge}&code_challenge_method=S256" : string.Empty;
        return new Uri($"https://{host}/oauth?response_type=code&client_id=app&state={Uri.EscapeDataString(state ?? context.State.Reveal())}"
            + $"&redirect_uri={Uri.EscapeDataString(redirect ?? context.RedirectUri.OriginalString)}&scope={string.Join('+', context.Scopes)}{pkce}{extra}");
    }

    /// <summary>A welcome message of more than 20 characters is refused; once connected, a page id is required; scopes get a default.</summary>
    private static DetailsValidationResult Validate(DetailsValidationContext context)
    {
        var details = JsonNode.Parse(context.Json)!.AsObject();
        var errors = new List<DetailsError>();
        if (details["welcome_message"] is { } welcome && welcome.GetValue<string>().Length > 20)
            errors.Add(new DetailsError { Path = "$.welcome_message", Code = "too_long", Message = "At most 20 characters." });
        if (details["notification_email"] is { } email && !email.GetValue<string>().Contains('@'))
            errors.Add(new DetailsError { Path = "$.notification_email", Code = "not_an_email", Message = "Not an email address." });
        if (context.IsConnected && details["page_id"] is null && details["needs_page"] is not null)
            errors.Add(new DetailsError { Path = "$.page_id", Code = "required", Message = "Required." });
        if (errors.Count > 0)
            return DetailsValidationResult.Invalid(errors);
        if (!details.ContainsKey("auto_response"))
            details["auto_response"] = true;
        return DetailsValidationResult.Valid(details);
    }
}
