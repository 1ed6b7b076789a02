namespace Integrations;

/// <summary>
/// The durable inbox and outbox: messages in, messages out, in order for each lane (one conversation in one direction),
/// at least once, deduplicated. Thread-safe. A webhook is answered only after <see cref="AcceptAsync"/> returned.
/// </summary>
/// <remarks>
/// Lanes are leased, not messages, by the database's clock. Every settlement carries the lease's fencing token, so that a
/// worker that lost its lease changes nothing. No transaction stays open between calls.
/// </remarks>
public interface IMessageInbox
{
    /// <summary>
    /// Stores a batch durably, leaving out what it already has (same integration, same dedupe key). All of it or an exception.
    /// </summary>
    /// <returns>For each message, in order, whether it was new.</returns>
    Task<IReadOnlyList<AcceptOutcome>> AcceptAsync(IReadOnlyList<NewMessage> messages, CancellationToken ct = default);

    /// <summary>Leases lanes that have work due now and that nobody holds, longest waiting first, with their oldest due messages.</summary>
    Task<IReadOnlyList<LaneLease>> LeaseLanesAsync(LaneLeaseRequest request, CancellationToken ct = default);

    /// <summary>Extends leases. Those not extended are lost: stop working on their lanes.</summary>
    /// <returns>The lanes still held.</returns>
    Task<IReadOnlyList<LaneLease>> RenewAsync(IReadOnlyList<LaneLease> leases, TimeSpan lease, CancellationToken ct = default);

    /// <summary>
    /// Notes that a send is about to leave, before it does: after a crash the message is then known to be of unknown outcome
    /// instead of being sent twice. False if the lease was lost: do not send.
    /// </summary>
    Task<bool> MarkSendingAsync(LaneLease lease, Guid messageId, CancellationToken ct = default);

    /// <summary>
    /// Writes what became of messages of a leased lane in one transaction, with the messages that follow from them and
    /// <c>message_count</c> and <c>last_synced</c> of their integration.
    /// </summary>
    /// <returns>False if the lease was lost: nothing was written.</returns>
    Task<bool> SettleAsync(LaneLease lease, IReadOnlyList<MessageSettlement> settlements, CancellationToken ct = default);

    /// <summary>Gives a lane back, not to be leased again before a pause. The pause keeps later messages from overtaking a retry.</summary>
    Task ReleaseAsync(LaneLease lease, TimeSpan? pause, CancellationToken ct = default);

    /// <summary>
    /// Ends the pauses of one integration's lanes, so that what waited for its connection goes on at once. Leased lanes are left alone.
    /// </summary>
    Task WakeAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>
    /// Notes that the platform has one of our messages, as an echo proves: a message of unknown outcome becomes done. Found by
    /// our own id, or by the platform's.
    /// </summary>
    /// <returns>True if it is a message of ours.</returns>
    Task<bool> ConfirmSentAsync(IntegrationKey key, Guid? messageId, string? platformMessageId, CancellationToken ct = default);

    /// <summary>
    /// Gives up messages of any integration whose outcome has been unknown for longer than this, counted from when their send
    /// left: they become failed, with <paramref name="error"/>. Oldest first.
    /// </summary>
    /// <param name="olderThan">How long to wait for the echo.</param>
    /// <param name="error">The text for the messages' error.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="makeEvent">Makes the event that is stored with each, from the message as it is then. Null for none.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>Those that this call gave up, as they are now; of two simultaneous calls one gets each.</returns>
    Task<IReadOnlyList<StoredMessage>> ExpireUnknownAsync(
        TimeSpan olderThan, string error, int max, Func<StoredMessage, NewEvent>? makeEvent = null, CancellationToken ct = default);

    /// <summary>Reads messages of one integration, newest first.</summary>
    Task<IReadOnlyList<StoredMessage>> ListAsync(MessageQuery query, CancellationToken ct = default);

    /// <summary>
    /// Erases content of messages of one integration: an erased one has an empty payload. Bounded: call again until it gives 0.
    /// </summary>
    /// <returns>How many this call erased or removed.</returns>
    Task<int> EraseAsync(MessageErasure erasure, CancellationToken ct = default);

    /// <summary>Puts a failed message back to be handled again. False if there is none such, or its content is erased.</summary>
    Task<bool> RequeueAsync(IntegrationKey key, Guid messageId, CancellationToken ct = default);
}
