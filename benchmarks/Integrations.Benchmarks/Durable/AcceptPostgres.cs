using Integrations.Benchmarks.Measuring;

namespace Integrations.Benchmarks.Durable;

/// <summary>Bar: durable accept at least 0.6 of the hand-written group commit.</summary>
internal static class AcceptPostgres
{
    public static async Task<ProgramReport> RunAsync(RunSettings settings)
    {
        await Task.Yield();
        if (Environment.GetEnvironmentVariable("BENCH_PG") is not { } cs)
            return new ProgramReport(["skipped: no server"]);
        var ds = Npgsql.NpgsqlDataSource.Create(cs);
        await using (var c = ds.CreateCommand("drop table if exists m; create table m (sequence bigint generated always as identity primary key, message_id uuid not null, integration_id uuid not null, client_id uuid not null, direction smallint not null, lane text not null, dedupe_key text not null, contact_id text, kind text not null, payload text not null, state smallint not null, attempts int not null, received_at timestamptz not null, trace_parent text, unique(integration_id, dedupe_key), unique(integration_id, message_id)); create index on m (lane, sequence) where state=0;"))
            await c.ExecuteNonQueryAsync();
        await using var inbox = await HandWrittenInbox.OpenAsync(ds, "m");
        var source = new MessageSource(new IntegrationKey(Guid.NewGuid(), Guid.NewGuid()));
        List<Comparison> l = [];
        foreach (var n in new[] { 64, 256 })
            l.Add(await Comparison.RunAsync($"{n}", settings, new Bar(0.6),
                r => ConcurrentLoop.RunAsync(n, r, () => inbox.AcceptAsync(source.Next())),
                r => ConcurrentLoop.RunAsync(n, r, () => inbox.AcceptAsync(source.Next()))));
        return ProgramReport.Of(l);
    }
}
