namespace Integrations;

/// <summary>One message of the in-memory inbox. Guarded by the inbox's lock.</summary>
internal sealed class InMemoryMessage(NewMessage message, long sequence)
{
    public NewMessage Message { get; } = message;

    /// <summary>The order of arrival.</summary>
    public long Sequence { get; } = sequence;

    public MessageState State { get; set; } = MessageState.Pending;

    public int Attempts { get; set; }

    public DateTime? SendingSince { get; set; }

    public DateTime? SettledAt { get; set; }

    public string? PlatformMessageId { get; set; }

    public string? LastError { get; set; }

    public StoredMessage ToStored() => new()
    {
        Id = Message.Id,
        Key = Message.Key,
        Direction = Message.Direction,
        Lane = Message.Lane,
        DedupeKey = Message.DedupeKey,
        ContactId = Message.ContactId,
        Kind = Message.Kind,
        Payload = Message.Payload,
        State = State,
        Attempts = Attempts,
        SendingSince = SendingSince,
        ReceivedAt = Message.ReceivedAt,
        SettledAt = SettledAt,
        PlatformMessageId = PlatformMessageId,
        LastError = LastError,
        TraceParent = Message.TraceParent,
    };
}
