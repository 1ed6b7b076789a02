using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>
/// Stores messages with group commit: concurrent requests share one call. A caller's task ends only after its own messages are
/// committed, with the store's exception if they could not be. Thread-safe.
/// </summary>
internal sealed class InboxWriter
{
    /// <summary>The most messages in one call.</summary>
    internal const int MaxMessages = 200;

    /// <summary>After so many single calls failing in a row the database is taken to be down, and the rest is not tried.</summary>
    internal const int MaxFailuresInARow = 3;

    private readonly IMessageInbox _inbox;
    private readonly WorkSignal _signal;
    private readonly ILogger<InboxWriter> _logger;
    private readonly Batcher<Entry> _batcher;

    public InboxWriter(IMessageInbox inbox, WorkSignal signal, ILogger<InboxWriter> logger)
    {
        (_inbox, _signal, _logger) = (inbox, signal, logger);
        _batcher = new Batcher<Entry>(MaxMessages, AcceptGroupAsync);
    }

    /// <summary>Stores messages. Not cancellable: once it has begun, others wait with it.</summary>
    /// <returns>For each message, in order, whether it was new.</returns>
    public async Task<IReadOnlyList<AcceptOutcome>> AcceptAsync(NewMessage[] messages)
    {
        if (_inbox is InMemoryMessageInbox)
            return await AcceptDirectlyAsync(messages); // no commit to share: waiting for another caller costs more than it saves
        if (messages.Length > MaxMessages)
            return await AcceptChunksAsync(messages);
        var entry = new Entry(messages);
        await _batcher.AddAsync(entry);
        return entry.Outcomes;
    }

    private Task<IReadOnlyList<AcceptOutcome>> AcceptDirectlyAsync(NewMessage[] messages)
    {
        var accepted = _inbox.AcceptAsync(messages, CancellationToken.None);
        _signal.Set();
        return accepted;
    }

    private async Task<IReadOnlyList<AcceptOutcome>> AcceptChunksAsync(NewMessage[] messages)
    {
        var outcomes = new List<AcceptOutcome>(messages.Length);
        foreach (var chunk in messages.Chunk(MaxMessages))
            outcomes.AddRange(await AcceptAsync(chunk));
        return outcomes;
    }

    private async Task AcceptGroupAsync(List<Entry> group)
    {
        try
        {
            if (group.Count == 1)
                group[0].Outcomes = await _inbox.AcceptAsync(group[0].Messages, CancellationToken.None);
            else
                Distribute(group, await _inbox.AcceptAsync(Join(group), CancellationToken.None));
        }
        catch (Exception e) when (group.Count > 1 || group[0].Messages.Length > 1)
        {
            // One row the database refuses must not lose the others.
            MessageLog.GroupFailed(_logger, e, group.Count);
            await AcceptSinglyAsync(group);
        }

        _signal.Set();
    }

    private async Task AcceptSinglyAsync(List<Entry> group)
    {
        var failuresInARow = 0;
        foreach (var entry in group)
        {
            var outcomes = new AcceptOutcome[entry.Messages.Length];
            for (var i = 0; i < outcomes.Length; i++)
            {
                try
                {
                    outcomes[i] = (await _inbox.AcceptAsync([entry.Messages[i]], CancellationToken.None))[0];
                    failuresInARow = 0;
                }
#pragma warning disable CA1031 // Not swallowed: the caller of this entry gets it.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    entry.Fail(e);
                    if (++failuresInARow >= MaxFailuresInARow)
                        throw; // the batcher gives it to all that are left
                }
            }

            entry.Outcomes = outcomes;
            entry.Complete(); // changes nothing if one of its messages failed
        }
    }

    private static List<NewMessage> Join(List<Entry> group)
    {
        var messages = new List<NewMessage>(MaxMessages);
        foreach (var entry in group)
            messages.AddRange(entry.Messages);
        return messages;
    }

    private static void Distribute(List<Entry> group, IReadOnlyList<AcceptOutcome> outcomes)
    {
        var next = 0;
        foreach (var entry in group)
        {
            var own = new AcceptOutcome[entry.Messages.Length];
            for (var i = 0; i < own.Length; i++)
                own[i] = outcomes[next++];
            entry.Outcomes = own;
        }
    }

    private sealed class Entry(NewMessage[] messages) : BatchEntry(messages.Length)
    {
        public NewMessage[] Messages { get; } = messages;

        public IReadOnlyList<AcceptOutcome> Outcomes { get; set; } = [];
    }
}
