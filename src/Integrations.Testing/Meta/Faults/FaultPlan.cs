namespace Integrations.Testing;

/// <summary>Faults that tests have ordered, by endpoint name. Each is used once. Thread-safe.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<GraphError>> _failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<AnswerGate>> _gates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<Break>> _breaks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _drops = new(StringComparer.Ordinal);
    private int _outage = -1;

    public MetaOutage? Outage
    {
        get => Volatile.Read(ref _outage) is var value and >= 0 ? (MetaOutage)value : null;
        set => Volatile.Write(ref _outage, value is { } kind ? (int)kind : -1);
    }

    /// <summary>When the app's budget comes back; null while it is not throttled.</summary>
    public DateTimeOffset? AppThrottledUntil { get; set; }

    public void Fail(string endpoint, GraphError error) => Add(_failures, endpoint, error);

    public void Hold(string endpoint, AnswerGate gate) => Add(_gates, endpoint, gate);

    public void Drop(string endpoint)
    {
        lock (_gate)
            _drops[endpoint] = _drops.GetValueOrDefault(endpoint) + 1;
    }

    public void BreakOne(string endpoint, MetaOutage outage) => Add(_breaks, endpoint, new Break(outage));

    public MetaOutage? TakeBreak(string? endpoint) => Take(_breaks, endpoint)?.Outage;

    public GraphError? TakeFailure(string? endpoint) => Take(_failures, endpoint);

    public AnswerGate? TakeGate(string? endpoint) => Take(_gates, endpoint);

    public bool TakeDrop(string? endpoint)
    {
        lock (_gate)
        {
            if (endpoint is null || _drops.GetValueOrDefault(endpoint) == 0)
                return false;
            _drops[endpoint]--;
            return true;
        }
    }

    private void Add<T>(Dictionary<string, Queue<T>> plans, string endpoint, T item)
    {
        lock (_gate)
        {
            if (!plans.TryGetValue(endpoint, out var queue))
                plans[endpoint] = queue = new Queue<T>();
            queue.Enqueue(item);
        }
    }

    private T? Take<T>(Dictionary<string, Queue<T>> plans, string? endpoint) where T : class
    {
        lock (_gate)
            return endpoint is not null && plans.TryGetValue(endpoint, out var queue) && queue.TryDequeue(out var item) ? item : null;
    }

    private sealed record Break(MetaOutage Outage);
}
