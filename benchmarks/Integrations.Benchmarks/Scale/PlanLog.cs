using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Integrations.Benchmarks.Scale;

/// <summary>
/// Hears the plans of what really runs: PostgreSQL's auto_explain tells them on the connection
/// (https://www.postgresql.org/docs/current/auto-explain.html).
/// </summary>
internal sealed class PlanLog : DbConnectionInterceptor
{
    public const string ConnectionSettings =
        "Options=-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on -c auto_explain.log_timing=off -c client_min_messages=log";

    private readonly ConcurrentQueue<string> _plans = [];

    /// <summary>The plans since the last call, without the text of the query.</summary>
    public IReadOnlyList<string> Take()
    {
        var plans = _plans.ToArray();
        _plans.Clear();
        return plans;
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var npgsql = (NpgsqlConnection)connection;
        npgsql.Notice -= Hear; // pooled contexts keep their connection objects
        npgsql.Notice += Hear;
        return Task.CompletedTask;
    }

    private void Hear(object sender, NpgsqlNoticeEventArgs notice)
    {
        var lines = notice.Notice.MessageText.Split('\n');
        var plan = Array.FindIndex(lines, line => line.Contains("(cost=", StringComparison.Ordinal));
        if (plan >= 0)
            _plans.Enqueue(string.Join('\n', lines[plan..]));
    }
}
