namespace Integrations.Benchmarks.Streams;

/// <summary>Hears the visitors and says nothing.</summary>
internal sealed class SilentAgent(SilentAgent.Counter heard) : IMessageHandler
{
    public Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default)
    {
        heard.Add();
        return Task.FromResult(MessageReply.None);
    }

    /// <summary>Shared by all instances.</summary>
    internal sealed class Counter
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
        private int _count;

        public void Add() => Interlocked.Increment(ref _count);

        public async Task ReachesAsync(int messages)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (Volatile.Read(ref _count) < messages)
                await Task.Delay(50, patience.Token);
        }
    }
}
