using System.Text;

namespace Integrations;

/// <summary>
/// One message of the inbox in memory. Guarded by the inbox's lock. Small and of few objects on purpose: under load what is kept
/// is what the garbage collector works on, so the payload is UTF-8 and the lane's texts are shared by its messages.
/// </summary>
internal sealed class InMemoryMessage
{
    private byte[] _payload;

    public InMemoryMessage(NewMessage message, InMemoryLane lane, long sequence)
    {
        (Id, Key, Direction, DedupeKey, Kind) = (message.Id, message.Key, message.Direction, message.DedupeKey, message.Kind);
        (ReceivedAt, TraceParent, Sequence) = (message.ReceivedAt, message.TraceParent, sequence);
        (Lane, ContactId) = (lane.Name, lane.Share(message.ContactId));
        _payload = Encoding.UTF8.GetBytes(message.Payload);
    }

    public Guid Id { get; }

    public IntegrationKey Key { get; }

    public MessageDirection Direction { get; }

    public string Lane { get; private set; }

    public string DedupeKey { get; private set; }

    public string? ContactId { get; private set; }

    public string Kind { get; }

    public DateTime ReceivedAt { get; }

    public string? TraceParent { get; }

    /// <summary>The order of arrival.</summary>
    public long Sequence { get; }

    public MessageState State { get; set; } = MessageState.Pending;

    public int Attempts { get; set; }

    public DateTime? SendingSince { get; set; }

    public DateTime? SettledAt { get; set; }

    public string? PlatformMessageId { get; set; }

    public string? LastError { get; set; }

    /// <summary>The neighbours among the pending messages of its lane. Only the lane sets them.</summary>
    public InMemoryMessage? Previous { get; set; }

    public InMemoryMessage? Next { get; set; }

    public bool IsErased => _payload.Length == 0;

    /// <summary>Erases the content.</summary>
    public void Erase() => _payload = [];

    /// <summary>Erases who it was with, too. The lane must have let go of it.</summary>
    public void EraseContact(string lane, string dedupeKey) => (Lane, DedupeKey, ContactId) = (lane, dedupeKey, null);

    public StoredMessage ToStored() => new()
    {
        Id = Id,
        Key = Key,
        Direction = Direction,
        Lane = Lane,
        DedupeKey = DedupeKey,
        ContactId = ContactId,
        Kind = Kind,
        Payload = Encoding.UTF8.GetString(_payload),
        State = State,
        Attempts = Attempts,
        SendingSince = SendingSince,
        ReceivedAt = ReceivedAt,
        SettledAt = SettledAt,
        PlatformMessageId = PlatformMessageId,
        LastError = LastError,
        TraceParent = TraceParent,
    };
}
