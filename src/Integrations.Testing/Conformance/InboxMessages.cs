using Xunit;

namespace Integrations.Testing;

/// <summary>Messages for the inbox suite.</summary>
internal static class InboxMessages
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, 123, DateTimeKind.Utc);

    public static string NewLane() => "in:" + Guid.CreateVersion7().ToString("N");

    public static NewMessage Inbound(IntegrationKey key, string lane, string dedupeKey, string contactId = "contact") =>
        New(key, lane, dedupeKey, MessageDirection.Inbound, contactId);

    public static NewMessage Outbound(IntegrationKey key, string lane, string dedupeKey) =>
        New(key, lane, dedupeKey, MessageDirection.Outbound);

    /// <summary>Leases one lane. Other lanes that are due belong to other tests and are given back.</summary>
    public static async Task<LaneLease?> LeaseAsync(IMessageInbox inbox, string lane, CancellationToken ct, TimeSpan? lease = null, int messages = 20)
    {
        var leases = await inbox.LeaseLanesAsync(
            new LaneLeaseRequest { Owner = "worker", MaxLanes = 500, MaxMessagesPerLane = messages, Lease = lease ?? TimeSpan.FromMinutes(5) }, ct);
        foreach (var other in leases.Where(l => l.Lane != lane))
            await inbox.ReleaseAsync(other, pause: null, ct);
        return leases.SingleOrDefault(l => l.Lane == lane);
    }

    /// <summary>Stores one message and settles it.</summary>
    public static async Task<StoredMessage> SettledAsync(
        IMessageInbox inbox, IntegrationKey key, MessageState state, CancellationToken ct, MessageDirection direction = MessageDirection.Outbound)
    {
        var lane = NewLane();
        var message = New(key, lane, lane, direction);
        await inbox.AcceptAsync([message], ct);
        var lease = await LeaseAsync(inbox, lane, ct);
        Assert.NotNull(lease);
        Assert.True(await inbox.MarkSendingAsync(lease, message.Id, ct));
        var platformId = state == MessageState.Unknown ? null : "platform-id";
        Assert.True(await inbox.SettleAsync(
            lease, [new MessageSettlement { MessageId = message.Id, State = state, PlatformMessageId = platformId }], ct));
        await inbox.ReleaseAsync(lease, pause: null, ct);
        return (await inbox.ListAsync(new MessageQuery { Key = key }, ct)).Single(m => m.Id == message.Id);
    }

    private static NewMessage New(IntegrationKey key, string lane, string dedupeKey, MessageDirection direction, string contactId = "contact") => new()
    {
        Id = Guid.CreateVersion7(),
        Key = key,
        Direction = direction,
        Lane = lane,
        DedupeKey = dedupeKey,
        ContactId = contactId,
        Kind = "message",
        Payload = """{"text":"nul \u0000, quote \", snowman ☃"}""",
        ReceivedAt = Noon,
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };
}
