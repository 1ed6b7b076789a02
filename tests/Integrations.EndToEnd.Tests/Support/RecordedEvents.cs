using System.Runtime.CompilerServices;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>The host's listener: keeps every event in the order told, and completes waits as they come.</summary>
internal sealed class RecordedEvents : IIntegrationEvents
{
    private readonly Lock _gate = new();
    private readonly List<IntegrationEvent> _events = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<IntegrationEvent> All
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public int CountOf(IntegrationEventKind kind) => All.Count(e => e.Kind == kind);

    public Task<IntegrationEvent> WaitForAsync(IntegrationEventKind kind, CancellationToken ct) => WaitForAsync(e => e.Kind == kind, ct, kind.ToString());

    public async Task<IntegrationEvent> WaitForAsync(
        Func<IntegrationEvent, bool> condition, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_events.Find(e => condition(e)) is { } found)
                    return found;
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(TimeSpan.FromMinutes(2), ct);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"Waited in vain for the event: {what}. Seen: {string.Join(", ", All.Select(e => e.Kind))}");
            }
        }
    }

    public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
    {
        lock (_gate)
        {
            _events.Add(integrationEvent);
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return Task.CompletedTask;
    }
}
