using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests.Connect;

/// <summary>The in-memory store, with a memory of what was saved.</summary>
internal sealed class RecordingAuthorizationStore : IAuthorizationStore
{
    private readonly InMemoryAuthorizationStore _inner = new();

    public List<PendingAuthorization> Saved { get; } = [];

    public static void Register(IServiceCollection services, RecordingAuthorizationStore store) => services.AddSingleton<IAuthorizationStore>(store);

    public Task SaveAsync(PendingAuthorization authorization, CancellationToken ct = default)
    {
        Saved.Add(authorization);
        return _inner.SaveAsync(authorization, ct);
    }

    public Task<PendingAuthorization?> FindAsync(string handleHash, CancellationToken ct = default) => _inner.FindAsync(handleHash, ct);

    public Task<ConsumeResult> ConsumeAsync(string handleHash, DateTime at, CancellationToken ct = default) => _inner.ConsumeAsync(handleHash, at, ct);

    public Task<int> CountPendingAsync(Guid clientId, DateTime now, CancellationToken ct = default) => _inner.CountPendingAsync(clientId, now, ct);

    public Task<int> PurgeAsync(DateTime expiredBefore, CancellationToken ct = default) => _inner.PurgeAsync(expiredBefore, ct);
}
