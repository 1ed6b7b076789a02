using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations.AspNetCore.Tests;

/// <summary>Signs in whoever the header X-User names, as "client;user".</summary>
internal sealed class TestAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-User";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString() is not { Length: > 0 } text)
            return Task.FromResult(AuthenticateResult.NoResult());
        var parts = text.Split(';');
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim("client_id", parts[0]), new Claim("sub", parts[1])], Scheme.Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(person, Scheme.Name)));
    }
}
