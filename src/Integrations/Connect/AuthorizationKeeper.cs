using System.Text.Json;

namespace Integrations;

/// <summary>Keeps pending authorizations: hashes for what the browser carries, sealed text for what must stay unreadable.</summary>
internal sealed class AuthorizationKeeper(IAuthorizationStore store, ISecretProtector protector, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);
    private long _purgedAt;

    /// <summary>Keeps one.</summary>
    /// <param name="handle">What the browser will carry.</param>
    /// <param name="purpose">A value of <see cref="AuthorizationPurpose"/>.</param>
    /// <param name="binding">Whose it is.</param>
    /// <param name="payload">What to seal. Empty for nothing.</param>
    /// <param name="expiresAt">When it expires.</param>
    /// <param name="ct">Cancels.</param>
    public async Task SaveAsync(Secret handle, string purpose, AuthorizationBinding binding, Secret payload, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var hash = Handles.Hash(handle, purpose);
        await PurgeAsync(ct);
        await store.SaveAsync(new PendingAuthorization
        {
            HandleHash = hash,
            Purpose = purpose,
            ClientId = binding.ClientId,
            ChatId = binding.ChatId,
            Type = binding.Type,
            UserBinding = binding.UserBinding,
            BrowserHash = binding.BrowserHash,
            ReturnPath = binding.ReturnPath,
            SealedPayload = payload.IsEmpty ? string.Empty : protector.Protect(payload, Scope(binding.ClientId, hash)),
            ExpiresAt = expiresAt.UtcDateTime,
        }, ct);
    }

    /// <summary>Opens what one keeps. False if it cannot be opened.</summary>
    public bool TryOpen(PendingAuthorization authorization, out Secret payload)
    {
        payload = default;
        return authorization.SealedPayload.Length == 0
            || protector.TryUnprotect(authorization.SealedPayload, Scope(authorization.ClientId, authorization.HandleHash), out payload);
    }

    /// <summary>Opens what an attempt to connect keeps. Null if it cannot be opened.</summary>
    public StoredAttempt? OpenAttempt(PendingAuthorization attempt) =>
        !TryOpen(attempt, out var payload) ? null
        : payload.IsEmpty ? new StoredAttempt()
        : JsonSerializer.Deserialize(payload.Reveal(), ConnectJsonContext.Default.StoredAttempt);

    /// <summary>Opens the grant an account choice keeps. Null if it cannot be opened.</summary>
    public StoredGrant? OpenGrant(PendingAuthorization choice) =>
        TryOpen(choice, out var payload) ? JsonSerializer.Deserialize(payload.Reveal(), ConnectJsonContext.Default.StoredGrant) : null;

    private static SecretScope Scope(Guid clientId, string hash) => new(new IntegrationKey(clientId, Guid.Empty), SecretFields.Authorization(hash));

    /// <summary>Forgets the long expired ones, at most once an hour.</summary>
    private async Task PurgeAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var last = Volatile.Read(ref _purgedAt);
        if (now.UtcTicks - last < TimeSpan.TicksPerHour || Interlocked.CompareExchange(ref _purgedAt, now.UtcTicks, last) != last)
            return;
        await store.PurgeAsync((now - Remembered).UtcDateTime, ct);
    }
}
