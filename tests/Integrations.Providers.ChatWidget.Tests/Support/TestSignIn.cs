using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>Signs in a person of whichever client the header X-Client names.</summary>
internal sealed class TestSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Client";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString() is not { Length: > 0 } client)
            return Task.FromResult(AuthenticateResult.NoResult());
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim("client_id", client), new Claim("sub", "ann")], Scheme.Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(person, Scheme.Name)));
    }
}
