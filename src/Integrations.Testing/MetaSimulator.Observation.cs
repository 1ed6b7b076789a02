using System.Runtime.CompilerServices;

namespace Integrations.Testing;

public sealed partial class MetaSimulator
{
    /// <summary>The people added so far.</summary>
    public IReadOnlyList<SimulatedUser> Users
    {
        get
        {
            lock (_world.Gate)
                return [.. _world.Users];
        }
    }

    /// <summary>The Pages added so far.</summary>
    public IReadOnlyList<SimulatedPage> Pages
    {
        get
        {
            lock (_world.Gate)
                return [.. _world.Pages];
        }
    }

    /// <summary>Where webhooks of the object "page" go; null while no callback is registered.</summary>
    public Uri? WebhookCallback
    {
        get
        {
            lock (_world.Gate)
                return _world.Subscription?.Callback;
        }
    }

    /// <summary>Every call so far, oldest first, without parameter values.</summary>
    public IReadOnlyList<SimulatedRequest> Requests
    {
        get
        {
            lock (_world.Gate)
                return [.. _world.Requests];
        }
    }

    /// <summary>Every user, Page and Instagram token issued so far, with its value.</summary>
    public IReadOnlyList<SimulatedToken> IssuedTokens
    {
        get
        {
            lock (_world.Gate)
                return [.. _world.Tokens.All.Select(Describe)];
        }
    }

    /// <summary>Every authorization code issued so far: secrets too, while they are unused.</summary>
    public IReadOnlyList<string> IssuedCodes
    {
        get
        {
            lock (_world.Gate)
                return [.. _world.Codes.All, .. _world.InstagramCodes.All];
        }
    }

    /// <summary>Every POST of the webhook pump so far.</summary>
    public IReadOnlyList<WebhookDelivery> WebhookDeliveries => Webhooks.Deliveries;

    /// <summary>
    /// How often an endpoint was called, refused calls included. The name may carry the verb:
    /// <c>messages</c>, <c>POST subscribed_apps</c>, <c>oauth/access_token:code</c>.
    /// </summary>
    public int CountOf(string endpoint)
    {
        lock (_world.Gate)
            return _world.Requests.Count(request => request.Endpoint == endpoint || $"{request.Method} {request.Endpoint}" == endpoint);
    }

    /// <summary>Completes when a condition about the simulator holds; looked at after every change, never by the clock.</summary>
    /// <exception cref="TimeoutException">It did not hold within <paramref name="timeout"/> of real time (default one minute).</exception>
    public async Task WaitForAsync(
        Func<MetaSimulator, bool> condition, TimeSpan? timeout = null,
        [CallerArgumentExpression(nameof(condition))] string what = "", CancellationToken ct = default)
    {
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromMinutes(1));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await _world.Changed.WaitForAsync(() => condition(this), either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            var last = string.Join(Environment.NewLine, Requests.TakeLast(10));
            throw new TimeoutException($"Waited in vain for: {what}. Last calls:{Environment.NewLine}{last}");
        }
    }

    private SimulatedToken Describe(AccessToken token) => new()
    {
        Value = token.Value,
        Kind = token.Kind,
        UserId = token.Account?.AppScopedId ?? token.User!.Id,
        PageId = token.Page?.Id,
        InstagramAccountId = token.Account?.Id,
        IssuedAt = token.IssuedAt,
        ExpiresAt = token.ExpiresAt,
        IsLongLived = token.LongLived,
        IsValid = token.ProblemAt(_world.Now) is null,
    };
}
