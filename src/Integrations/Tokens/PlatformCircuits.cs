using System.Collections.Concurrent;

namespace Integrations;

/// <summary>The circuit of each platform in this host. Thread-safe.</summary>
internal sealed class PlatformCircuits(TimeProvider time)
{
    private readonly ConcurrentDictionary<IntegrationType, PlatformCircuit> _circuits = [];

    public PlatformCircuit Of(IntegrationType type) => _circuits.GetOrAdd(type, static (_, clock) => new PlatformCircuit(clock), time);
}
