namespace Integrations.Benchmarks.Streams;

/// <summary>Something that holds streams of server-sent events, in a process of its own.</summary>
internal interface IStreamServer : IAsyncDisposable
{
    int Port { get; }

    /// <summary>Where streams are opened, or where the widget's calls begin.</summary>
    string Path { get; }

    /// <summary>Sends one message to each who listens.</summary>
    Task SendAsync(SendWay way);

    /// <summary>Completes when what came before has been worked off, so that it is not measured.</summary>
    Task SettleAsync(int visitors);
}
