namespace Integrations;

/// <summary>One conversation in memory. Used under its store's lock.</summary>
internal sealed class InMemoryConversation(IntegrationKey key, string contactId, DateTime createdAt)
{
    private readonly Dictionary<string, ConversationMessage> _byKey = new(StringComparer.Ordinal);
    private readonly List<ConversationMessage> _messages = [];
    private long _last;
    private long _read;
    private int _epoch;
    private DateTime? _closedAt;

    public int Count => _messages.Count;

    public ConversationRecord ToRecord() => new()
    {
        IntegrationId = key.IntegrationId,
        ClientId = key.ClientId,
        ContactId = contactId,
        LastSequence = _last,
        ReadSequence = _read,
        SessionEpoch = _epoch,
        CreatedAt = createdAt,
        ClosedAt = _closedAt,
    };

    public ConversationAppend Append(NewConversationMessage message)
    {
        if (_byKey.TryGetValue(message.MessageKey, out var known))
            return new ConversationAppend { Outcome = ConversationAppendOutcome.Duplicate, Message = known };
        if (_closedAt is not null)
            return new ConversationAppend { Outcome = ConversationAppendOutcome.Closed };
        var stored = new ConversationMessage
        {
            Sequence = ++_last,
            MessageKey = message.MessageKey,
            Author = message.Author,
            Payload = message.Payload,
            At = message.At,
        };
        _messages.Add(stored);
        _byKey.Add(stored.MessageKey, stored);
        return new ConversationAppend { Outcome = ConversationAppendOutcome.Added, Message = stored };
    }

    public IReadOnlyList<ConversationMessage> List(ConversationQuery query)
    {
        var found = _messages.Where(m => m.Sequence > (query.After ?? 0) && (query.Before is null || m.Sequence < query.Before));
        return [.. query.After is null ? found.TakeLast(query.Limit) : found.Take(query.Limit)];
    }

    public int CountUnread() => _messages.Count(m => m.Author == ConversationAuthor.Agent && m.Sequence > _read);

    public bool MarkRead(long sequence)
    {
        var read = Math.Min(sequence, _last);
        if (read <= _read)
            return false;
        _read = read;
        return true;
    }

    public bool Close(DateTime at)
    {
        if (_closedAt is not null)
            return false;
        _closedAt = at;
        return true;
    }

    public void EndSessions() => _epoch++;

    public int Erase(DateTime before, int max)
    {
        var old = _messages.Where(m => m.At < before).Take(Math.Max(0, max)).ToList();
        foreach (var message in old)
        {
            _messages.Remove(message);
            _byKey.Remove(message.MessageKey);
        }

        return old.Count;
    }
}
