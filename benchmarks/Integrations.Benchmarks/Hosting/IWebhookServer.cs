namespace Integrations.Benchmarks.Hosting;

/// <summary>Something that takes webhook calls on a local port.</summary>
internal interface IWebhookServer : IAsyncDisposable
{
    int Port { get; }

    string Path { get; }
}
