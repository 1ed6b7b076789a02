using Microsoft.Extensions.Options;

namespace Integrations;

/// <inheritdoc cref="IConnectionDoctor"/>
internal sealed class ConnectionDoctor(
    IIntegrationStore store, ConnectionExaminer examiner, IOptions<IntegrationsOptions> options, TimeProvider time) : IConnectionDoctor
{
    private readonly SingleFlight<Seen, ConnectionDiagnosis> _underWay = new();
    private readonly RecentDiagnoses _recent = new(options.Value.DiagnosisReuse, time);

    public async Task<ConnectionDiagnosis?> DiagnoseAsync(IntegrationKey key, CancellationToken ct = default)
    {
        // Read first, each time: whose it is and how it stands costs no platform call, and decides which answer may be given again.
        if (await store.FindAsync(key, ct) is not { } stored)
            return null;
        var seen = Seen.Of(stored);
        if (_recent.Find(seen) is { } recent)
            return recent;
        // Whoever began it may leave while others wait, so nobody's cancellation ends it; its calls have time limits of their own.
        var (work, _) = _underWay.Run(seen, () => ExamineAsync(seen, stored));
        return await work.WaitAsync(ct);
    }

    private async Task<ConnectionDiagnosis> ExamineAsync(Seen seen, StoredIntegration stored)
    {
        // The one before may have ended between a caller's look for it and here.
        if (_recent.Find(seen) is { } recent)
            return recent;
        var diagnosis = await examiner.ExamineAsync(stored, CancellationToken.None);
        _recent.Keep(seen, diagnosis);
        return diagnosis;
    }
}
