namespace Integrations.EntityFramework.Model;

/// <summary>One row of <c>integration_messages</c>.</summary>
internal sealed class MessageRow
{
    /// <summary>The order of arrival. Ids made within one millisecond have none.</summary>
    public long Sequence { get; set; }

    public required Guid MessageId { get; set; }

    public required Guid IntegrationId { get; set; }

    public required Guid ClientId { get; set; }

    public MessageDirection Direction { get; set; }

    public required string Lane { get; set; }

    public required string DedupeKey { get; set; }

    public string? ContactId { get; set; }

    public required string Kind { get; set; }

    public required string Payload { get; set; }

    public MessageState State { get; set; }

    public int Attempts { get; set; }

    public DateTime ReceivedAt { get; set; }

    public DateTime? SendingSince { get; set; }

    public DateTime? SettledAt { get; set; }

    public string? PlatformMessageId { get; set; }

    public string? LastError { get; set; }

    public string? TraceParent { get; set; }

    public static MessageRow From(NewMessage message) => new()
    {
        MessageId = message.Id,
        IntegrationId = message.Key.IntegrationId,
        ClientId = message.Key.ClientId,
        Direction = message.Direction,
        Lane = message.Lane,
        DedupeKey = message.DedupeKey,
        ContactId = message.ContactId,
        Kind = message.Kind,
        Payload = message.Payload,
        ReceivedAt = message.ReceivedAt,
        TraceParent = message.TraceParent,
    };

    public StoredMessage ToStored() => new()
    {
        Id = MessageId,
        Key = new IntegrationKey(ClientId, IntegrationId),
        Direction = Direction,
        Lane = Lane,
        DedupeKey = DedupeKey,
        ContactId = ContactId,
        Kind = Kind,
        Payload = Payload,
        State = State,
        Attempts = Attempts,
        ReceivedAt = ReceivedAt,
        SendingSince = SendingSince,
        SettledAt = SettledAt,
        PlatformMessageId = PlatformMessageId,
        LastError = LastError,
        TraceParent = TraceParent,
    };
}
