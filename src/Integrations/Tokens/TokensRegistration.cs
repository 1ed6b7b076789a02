using Microsoft.Extensions.DependencyInjection;

namespace Integrations;

/// <summary>Registers what keeps tokens fresh.</summary>
internal static class TokensRegistration
{
    /// <summary>Adds it. Safe to call twice.</summary>
    public static IServiceCollection AddTokens(this IServiceCollection services) => services;
}
