using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace Integrations.Testing;

/// <summary>
/// A token endpoint as of RFC 6749, section 6, on a loopback port, whose refresh tokens rotate: for tests of how a provider, a store
/// or a farm of hosts keeps grants alive. All members are thread-safe.
/// </summary>
public sealed class TokenSimulator : IAsyncDisposable
{
    private readonly TokenSimulatorOptions _options;
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<int, SimulatedGrant> _grants = new();
    private int _serial;
    private int _refreshes;
    private int _requests;

    private TokenSimulator(TokenSimulatorOptions options, WebApplication app) => (_options, _app) = (options, app);

    /// <summary>Where the simulator listens. Refresh requests go to <c>oauth/token</c> below it.</summary>
    public Uri BaseUri => new(_app.Urls.First() + "/");

    /// <summary>All grants, in no order.</summary>
    public IReadOnlyCollection<SimulatedGrant> Grants => [.. _grants.Values];

    /// <summary>How often new tokens were given, over all grants.</summary>
    public int Refreshes => Volatile.Read(ref _refreshes);

    /// <summary>How often the endpoint was asked, whatever it answered.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>While set, every request is answered with this status and spends nothing: an outage. Null for none.</summary>
    public HttpStatusCode? Outage { get; set; }

    /// <summary>Starts listening. Dispose the simulator to stop it.</summary>
    public static async Task<TokenSimulator> StartAsync(TokenSimulatorOptions? options = null, CancellationToken ct = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var simulator = new TokenSimulator(options ?? new TokenSimulatorOptions(), builder.Build());
        simulator._app.Run(simulator.HandleAsync);
        await simulator._app.StartAsync(ct);
        return simulator;
    }

    /// <summary>Makes a grant, as if somebody had consented just now.</summary>
    public SimulatedGrant AddGrant()
    {
        var number = Interlocked.Increment(ref _serial);
        return _grants.GetOrAdd(number, static n => new SimulatedGrant(n));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var (status, answer) = context.Request.Path.Value == "/oauth/token" && context.Request.HasFormContentType
            ? Answer(await context.Request.ReadFormAsync(context.RequestAborted))
            : (HttpStatusCode.NotFound, Error("not_found"));
        if (_options.Latency > TimeSpan.Zero)
            await Task.Delay(_options.Latency, _options.TimeProvider, context.RequestAborted);
        context.Response.StatusCode = (int)status;
        await context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }

    private (HttpStatusCode Status, JsonObject Answer) Answer(IFormCollection form)
    {
        Interlocked.Increment(ref _requests);
        if (Outage is { } outage)
            return (outage, Error("temporarily_unavailable"));
        if (form["client_id"] != _options.ClientId || form["client_secret"] != _options.ClientSecret)
            return (HttpStatusCode.Unauthorized, Error("invalid_client"));
        if (form["grant_type"] != "refresh_token")
            return (HttpStatusCode.BadRequest, Error("unsupported_grant_type"));
        var parts = form["refresh_token"].ToString().Split('-');
        if (parts is not ["simulated", "refresh", var number, var generation]
            || !_grants.TryGetValue(int.Parse(number, CultureInfo.InvariantCulture), out var grant)
            || grant.Use(int.Parse(generation, CultureInfo.InvariantCulture), _options) is not { } tokens)
            return (HttpStatusCode.BadRequest, Error("invalid_grant"));

        Interlocked.Increment(ref _refreshes);
        var answer = _options.Extra?.DeepClone().AsObject() ?? [];
        answer["access_token"] = tokens.Access.Reveal();
        answer["refresh_token"] = tokens.Refresh.Reveal();
        answer["token_type"] = "bearer";
        answer["expires_in"] = (long)_options.AccessTokenLifetime.TotalSeconds;
        return (HttpStatusCode.OK, answer);
    }

    private static JsonObject Error(string code) => new() { ["error"] = code };
}
