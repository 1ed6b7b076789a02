using System.Threading.Channels;
using Npgsql;

namespace Integrations.Benchmarks.Durable;

/// <summary>
/// The baseline: what one would write by hand for one table on PostgreSQL. One prepared INSERT of arrays is in flight; whatever
/// has queued meanwhile goes with the next one. No timer.
/// </summary>
internal sealed class HandWrittenInbox : IAsyncDisposable
{
    private const int MaxRows = 256;
    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;
    private readonly Task _loop;

    private HandWrittenInbox(NpgsqlConnection connection, NpgsqlCommand insert)
    {
        (_connection, _insert) = (connection, insert);
        _loop = RunAsync();
    }

    public static async Task<HandWrittenInbox> OpenAsync(NpgsqlDataSource dataSource, string table)
    {
        var connection = await dataSource.OpenConnectionAsync();
        var insert = MessageInsert.For(connection, table);
        await insert.PrepareAsync();
        return new HandWrittenInbox(connection, insert);
    }

    public Task<bool> AcceptAsync(NewMessage message)
    {
        var pending = new Pending(message);
        _queue.Writer.TryWrite(pending);
        return pending.IsNew.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _loop;
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<Pending>(MaxRows);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxRows && _queue.Reader.TryRead(out var pending))
                batch.Add(pending);
            try
            {
                await InsertAsync(batch);
            }
            catch (NpgsqlException e)
            {
                batch.ForEach(p => p.IsNew.TrySetException(e));
            }
            batch.Clear();
        }
    }

    private async Task InsertAsync(List<Pending> batch)
    {
        MessageInsert.Fill(_insert, batch.ConvertAll(p => p.Message));
        var inserted = new HashSet<Guid>(batch.Count);
        await using (var reader = await _insert.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                inserted.Add(reader.GetGuid(0));
        foreach (var pending in batch)
            pending.IsNew.SetResult(inserted.Contains(pending.Message.Id));
    }

    private sealed record Pending(NewMessage Message)
    {
        public TaskCompletionSource<bool> IsNew { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
