using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>Keeps everything any logger was told: the text, each named value, the scopes and the whole exception.</summary>
internal sealed class RecordedLogs : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, RecordedLogs owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var parts = new List<string?> { $"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)}", exception?.ToString() };
            AddValues(parts, state);
            owner._scopes.ForEachScope((scope, list) => AddValues(list, scope), parts);
            owner.Lines.Enqueue(string.Join(" | ", parts.Where(part => !string.IsNullOrEmpty(part))));
        }

        private static void AddValues(List<string?> parts, object? state)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                parts.AddRange(values.Select(pair => $"{pair.Key}={pair.Value}"));
            else
                parts.Add(state?.ToString());
        }
    }
}
