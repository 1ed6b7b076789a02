namespace Integrations.Benchmarks.Streams;

/// <summary>One message to each, times from the order to send.</summary>
/// <param name="Half">Half of the streams had it.</param>
/// <param name="Most">99 of 100 had it.</param>
/// <param name="All">The last one had it.</param>
/// <param name="Processor">The host's, for each message.</param>
internal sealed record Delivery(TimeSpan Half, TimeSpan Most, TimeSpan All, TimeSpan Processor);
