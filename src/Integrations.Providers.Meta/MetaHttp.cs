using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Providers.Meta;

/// <summary>Registers the HTTP client of a Meta provider.</summary>
internal static class MetaHttp
{
    private const int MaxAnswerBytes = 8 * 1024 * 1024;

    public static IHttpClientBuilder Add(IServiceCollection services, string clientName, Func<IServiceProvider, MetaOptions> options) => services
        .AddHttpClient(clientName, client =>
        {
            client.Timeout = Timeout.InfiniteTimeSpan; // each call has its own limit
            client.MaxResponseContentBufferSize = MaxAnswerBytes;
        })
        .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a token never follows a redirect
            UseCookies = false,
            ConnectTimeout = options(provider).ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        .RemoveAllLoggers(); // debug_token takes the token to examine in its address
}
