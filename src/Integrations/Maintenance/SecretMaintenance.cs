using Microsoft.Extensions.Logging;

namespace Integrations;

/// <inheritdoc cref="ISecretMaintenance"/>
internal sealed class SecretMaintenance(IIntegrationStore store, SecretResealer resealer, ILogger<SecretMaintenance> logger) : ISecretMaintenance
{
    private const int MaxAttempts = 5;

    public async Task<ResealProgress> ResealAsync(
        ResealOptions? options = null, IProgress<ResealProgress>? progress = null, CancellationToken ct = default)
    {
        options ??= new ResealOptions();
        if (options.BatchSize is < 1 or > 500)
            throw new IntegrationException(IntegrationErrorKind.InvalidRequest, $"ResealOptions.BatchSize is {options.BatchSize}. Use 1 to 500.");
        var state = new ResealProgress { After = options.After };
        while (true)
        {
            var page = await store.ScanAsync(
                new IntegrationScan { After = state.After, OnlyUpgraded = options.OnlyUpgraded, Limit = options.BatchSize }, ct);
            foreach (var stored in page)
            {
                ct.ThrowIfCancellationRequested();
                state = await ResealAsync(stored, state);
            }

            if (page.Count < options.BatchSize)
                state = state with { IsComplete = true };
            progress?.Report(state);
            if (state.IsComplete)
                return state;
        }
    }

    /// <summary>Not cancelled half way: a write is either done or not begun.</summary>
    private async Task<ResealProgress> ResealAsync(StoredIntegration first, ResealProgress state)
    {
        var key = first.Record.Key;
        state = state with { After = key.IntegrationId, Examined = state.Examined + 1 };
        StoredIntegration? stored = first;
        for (var attempt = 0; attempt < MaxAttempts && stored is not null; attempt++)
        {
            var found = resealer.Reseal(stored);
            if (found.Replacement is null || await store.ReplaceSealedAsync(key, found.Replacement, CancellationToken.None))
            {
                if (found.IsUnreadable)
                    MaintenanceLog.Unreadable(logger, key.IntegrationId, stored.Record.Type);
                return state with
                {
                    Resealed = state.Resealed + (found.IsChanged ? 1 : 0),
                    WerePlain = state.WerePlain + (found.WasPlain ? 1 : 0),
                    Unreadable = state.Unreadable + (found.IsUnreadable ? 1 : 0),
                };
            }

            stored = await store.FindAsync(key, CancellationToken.None); // written meanwhile: what is there now decides
        }

        return stored is null ? state : state with { Skipped = state.Skipped + 1 };
    }
}
