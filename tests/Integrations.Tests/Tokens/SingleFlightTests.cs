namespace Integrations.Tests;

public sealed class SingleFlightTests
{
    [Fact]
    public async Task Callers_with_the_same_key_share_one_piece_of_work()
    {
        var flights = new SingleFlight<string, int>();
        var gate = new TaskCompletionSource<int>();
        var runs = 0;

        var tasks = Enumerable.Range(0, 50).Select(_ => flights.Run("a", () =>
        {
            Interlocked.Increment(ref runs);
            return gate.Task;
        })).ToList();
        gate.SetResult(7);

        Assert.All(await Task.WhenAll(tasks.Select(t => t.Work)), r => Assert.Equal(7, r));
        Assert.Equal((1, 1), (runs, tasks.Count(t => t.Started)));
    }

    [Fact]
    public async Task A_finished_flight_never_removes_a_later_one()
    {
        // 20,000 short flights on one key: were a late owner to remove its successor's entry, two would run at once.
        var flights = new SingleFlight<string, int>();
        var (running, worst) = (0, 0);

        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Host.Ct }, async (_, _) =>
            await flights.Run("a", async () =>
            {
                var now = Interlocked.Increment(ref running);
                worst = Math.Max(worst, now);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return 0;
            }).Work);

        Assert.Equal(1, worst);
    }

    [Fact]
    public async Task Failed_work_is_not_remembered()
    {
        var flights = new SingleFlight<string, int>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => flights.Run("a", () => throw new InvalidOperationException()).Work);

        Assert.Equal(3, await flights.Run("a", () => Task.FromResult(3)).Work);
    }
}
