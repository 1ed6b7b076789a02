using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Integrations.Tests;

public sealed class GroupCommitTests
{
    private readonly ConcurrentQueue<int> _calls = new();
    private readonly IMessageInbox _inbox = Substitute.For<IMessageInbox>();
    private readonly InboxWriter _writer;
    private Func<IReadOnlyList<NewMessage>, Task<IReadOnlyList<AcceptOutcome>>> _accept = messages =>
        Task.FromResult<IReadOnlyList<AcceptOutcome>>([.. messages.Select(_ => AcceptOutcome.Accepted)]);

    public GroupCommitTests()
    {
        _inbox.AcceptAsync(null!, default).ReturnsForAnyArgs(c =>
        {
            var messages = c.Arg<IReadOnlyList<NewMessage>>();
            _calls.Enqueue(messages.Count);
            return _accept(messages);
        });
        _writer = new InboxWriter(_inbox, new WorkSignal(TimeProvider.System), NullLogger<InboxWriter>.Instance);
    }

    [Fact]
    public async Task What_queues_while_a_call_is_under_way_goes_next_in_one()
    {
        var gate = new TaskCompletionSource();
        _accept = async messages =>
        {
            await gate.Task;
            return [.. messages.Select(m => m.DedupeKey.StartsWith("old", StringComparison.Ordinal) ? AcceptOutcome.Duplicate : AcceptOutcome.Accepted)];
        };

        var first = _writer.AcceptAsync([Message("a")]);
        var others = Enumerable.Range(0, 50).Select(i => _writer.AcceptAsync([Message(i % 2 == 0 ? $"new{i}" : $"old{i}"), Message($"new{i}b")])).ToList();
        Assert.False(others.Exists(t => t.IsCompleted));
        gate.SetResult();

        await first;
        var outcomes = await Task.WhenAll(others);
        Assert.Equal([1, 100], _calls);
        for (var i = 0; i < 50; i++)
            Assert.Equal([i % 2 == 0 ? AcceptOutcome.Accepted : AcceptOutcome.Duplicate, AcceptOutcome.Accepted], outcomes[i]);
    }

    [Fact]
    public async Task No_call_has_more_than_two_hundred_messages()
    {
        var gate = new TaskCompletionSource();
        _accept = async messages =>
        {
            await gate.Task;
            return [.. messages.Select(_ => AcceptOutcome.Accepted)];
        };

        var all = Enumerable.Range(0, 101).Select(i => _writer.AcceptAsync([.. Enumerable.Range(0, 7).Select(j => Message($"{i}-{j}"))])).ToList();
        all.Add(_writer.AcceptAsync([.. Enumerable.Range(0, 450).Select(j => Message($"big-{j}"))]));
        gate.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(101 * 7 + 450, _calls.Sum());
        Assert.InRange(_calls.Max(), 1, InboxWriter.MaxMessages);
        Assert.Equal(450, (await all[^1]).Count);
    }

    [Fact]
    public async Task One_row_the_database_refuses_loses_nobody_else()
    {
        var gate = new TaskCompletionSource();
        var stored = new ConcurrentQueue<string>();
        _accept = async messages =>
        {
            await gate.Task;
            if (messages.Any(m => m.DedupeKey == "bad"))
                throw new InvalidDataException("row refused");
            foreach (var message in messages)
                stored.Enqueue(message.DedupeKey);
            return [.. messages.Select(_ => AcceptOutcome.Accepted)];
        };

        var first = _writer.AcceptAsync([Message("first")]);
        var good = Enumerable.Range(0, 20).Select(i => _writer.AcceptAsync([Message($"good{i}")])).ToList();
        var bad = _writer.AcceptAsync([Message("beside the bad"), Message("bad"), Message("after the bad")]);
        good.Add(_writer.AcceptAsync([Message("good20")]));
        gate.SetResult();

        await Task.WhenAll(good.Append(first));
        await Assert.ThrowsAsync<InvalidDataException>(() => bad); // its platform will deliver it again
        Assert.Equal(24, stored.Count);
        Assert.Contains("after the bad", stored);
    }

    [Fact]
    public async Task When_the_database_is_down_every_caller_gets_the_exception_and_it_is_not_asked_for_each_row()
    {
        var gate = new TaskCompletionSource();
        _accept = async _ =>
        {
            await gate.Task;
            throw new TimeoutException("database down");
        };

        var all = Enumerable.Range(0, 150).Select(i => _writer.AcceptAsync([Message($"{i}")])).ToList();
        gate.SetResult();

        foreach (var task in all)
            await Assert.ThrowsAsync<TimeoutException>(() => task);
        Assert.Equal(1 + 1 + InboxWriter.MaxFailuresInARow, _calls.Count);
    }

    [Fact]
    public async Task After_a_failure_the_next_caller_is_served()
    {
        var fails = true;
        _accept = messages => fails ? throw new TimeoutException() : Task.FromResult<IReadOnlyList<AcceptOutcome>>([.. messages.Select(_ => AcceptOutcome.Accepted)]);

        await Assert.ThrowsAsync<TimeoutException>(() => _writer.AcceptAsync([Message("a")]));
        fails = false;

        Assert.Equal([AcceptOutcome.Accepted], await _writer.AcceptAsync([Message("a")]));
    }

    [Fact]
    public async Task Thousands_of_concurrent_callers_each_get_their_own_answer()
    {
        _accept = async messages =>
        {
            await Task.Yield();
            return [.. messages.Select(m => m.DedupeKey.EndsWith('7') ? AcceptOutcome.Duplicate : AcceptOutcome.Accepted)];
        };

        await Parallel.ForEachAsync(Enumerable.Range(0, 5000), Host.Ct, async (i, _) =>
            Assert.Equal([i % 10 == 7 ? AcceptOutcome.Duplicate : AcceptOutcome.Accepted], await _writer.AcceptAsync([Message($"{i}")])));

        Assert.Equal(5000, _calls.Sum());
    }

    private static NewMessage Message(string key) => new()
    {
        Id = Guid.NewGuid(),
        Key = Host.Key,
        Direction = MessageDirection.Inbound,
        Lane = "in:lane",
        DedupeKey = key,
        Kind = "message",
        Payload = "{}",
        ReceivedAt = DateTime.UnixEpoch,
    };
}
