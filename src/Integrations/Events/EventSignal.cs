namespace Integrations;

/// <summary>Wakes this host's dispatcher of events.</summary>
internal sealed class EventSignal(TimeProvider time) : WorkSignal(time);
