namespace Integrations;

/// <summary>One lane of the in-memory inbox. Guarded by the inbox's lock.</summary>
internal sealed class InMemoryLane(string name)
{
    private InMemoryMessage? _last;
    private string? _contactId;

    public string Name { get; } = name;

    /// <summary>The pending message that came first. Null if there is none.</summary>
    public InMemoryMessage? First { get; private set; }

    /// <summary>The token of the latest lease. 0 before the first.</summary>
    public long Token { get; set; }

    /// <summary>Until when it is leased. Null if it is not.</summary>
    public DateTime? LeasedUntil { get; set; }

    /// <summary>Not leased again before this time.</summary>
    public DateTime NotBefore { get; set; }

    public bool IsFree(DateTime now) => NotBefore <= now && (LeasedUntil is null || LeasedUntil <= now);

    /// <summary>The oldest pending messages, in order of arrival.</summary>
    public List<InMemoryMessage> Oldest(int max)
    {
        var messages = new List<InMemoryMessage>();
        for (var message = First; message is not null && messages.Count < max; message = message.Next)
            messages.Add(message);
        return messages;
    }

    /// <summary>Puts a message in its place: nearly always the end, but one that is handled again comes before younger ones.</summary>
    public void Add(InMemoryMessage message)
    {
        var before = _last;
        while (before is not null && before.Sequence > message.Sequence)
            before = before.Previous;
        var after = before is null ? First : before.Next;
        (message.Previous, message.Next) = (before, after);
        if (before is null)
            First = message;
        else
            before.Next = message;
        if (after is null)
            _last = message;
        else
            after.Previous = message;
    }

    public void Remove(InMemoryMessage message)
    {
        if (message.Previous is null)
            First = message.Next;
        else
            message.Previous.Next = message.Next;
        if (message.Next is null)
            _last = message.Previous;
        else
            message.Next.Previous = message.Previous;
        (message.Previous, message.Next) = (null, null);
    }

    /// <summary>One string for the contact of all messages of this lane.</summary>
    public string? Share(string? contactId) => contactId == _contactId ? _contactId : _contactId = contactId;
}
