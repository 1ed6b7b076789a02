using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>
/// Keeps a script from starting connects, or guessing at callbacks, as fast as it can: a start costs a row, a callback a look-up.
/// A host's own <c>RequireRateLimiting</c> comes on top, and counts over hosts if it wants to.
/// </summary>
internal sealed class ConnectLimits(EndpointSetup setup)
{
    // Kestrel takes no longer request line by default; other servers may. A state and a code are a few hundred characters.
    private const int MaxQuery = 8 * 1024;

    private readonly MinuteLimit _starts = new(setup.Options.MaxConnectsPerMinute, setup.Time);
    private readonly MinuteLimit _callbacks = new(setup.Options.MaxCallbacksPerMinute, setup.Time);

    /// <summary>Of one person.</summary>
    public async ValueTask<object?> OnStartAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var user = await context.HttpContext.FindIntegrationUserAsync();
        return user is null ? await next(context) : await LimitAsync(_starts, $"{user.ClientId:N} {user.UserBinding}", context, next);
    }

    /// <summary>Of one network address: whoever calls back need not be signed in.</summary>
    public ValueTask<object?> OnCallbackAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        LimitAsync(_callbacks, Network(context.HttpContext.Connection.RemoteIpAddress), context, next);

    /// <summary>The address; of IPv6 its first half, since every customer of a provider has at least one of those to itself.</summary>
    internal static string Network(IPAddress? address) => address switch
    {
        null => "?",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        _ => address.MapToIPv4().ToString(),
    };

    private async ValueTask<object?> LimitAsync(MinuteLimit limit, string caller, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Request.QueryString.Value is { Length: > MaxQuery })
            return new FailureResult(setup, Failure.TooLong);
        return limit.Take(caller) is { } wait ? new FailureResult(setup, Failure.TooMany(wait)) : await next(context);
    }
}
