namespace Integrations;

/// <summary>
/// Events waiting to be told to the host's listeners, and the history of each connection. Thread-safe. Writes that make an event
/// true (<see cref="StateChange.Event"/> and its like) store it in their own transaction, and only if they won, so that an event is
/// neither lost nor told of something that did not happen.
/// </summary>
/// <remarks>
/// Leases go by the database's clock. Events of one integration are held by one owner at a time, in the order they were stored. An
/// event that waits to be tried again does not hold back the lease of later ones: they say who is still to get it
/// (<see cref="StoredEvent.EarlierHandledBy"/>), so that each listener gets its events in order whatever the others do.
/// </remarks>
public interface IEventOutbox
{
    /// <summary>Stores an event that goes with no other write.</summary>
    /// <returns>False if this client has no such integration, or the dedupe key is known.</returns>
    Task<bool> AppendAsync(IntegrationKey key, NewEvent newEvent, CancellationToken ct = default);

    /// <summary>
    /// Leases events that are due: those of an integration together, in their order, a bounded number at once (the SDK's stores: 10),
    /// and none of an integration of which somebody holds one.
    /// </summary>
    /// <param name="owner">Who leases them.</param>
    /// <param name="max">Of at most so many integrations.</param>
    /// <param name="lease">For how long.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The events, those of an integration next to each other. Empty if none is due.</returns>
    Task<IReadOnlyList<StoredEvent>> LeaseAsync(string owner, int max, TimeSpan lease, CancellationToken ct = default);

    /// <summary>Notes that an event was delivered, or given up.</summary>
    /// <param name="key">Its integration.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="owner">Who leased it.</param>
    /// <param name="keep">Whether it stays as history; otherwise it is removed.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>False, with nothing changed, if the lease was lost.</returns>
    Task<bool> CompleteAsync(IntegrationKey key, Guid eventId, string owner, bool keep, CancellationToken ct = default);

    /// <summary>Gives a lease back after a failed delivery, to be tried again after a pause, and counts the attempt.</summary>
    /// <param name="key">Its integration.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="owner">Who leased it.</param>
    /// <param name="handledBy">The listeners that have had it by now. Null for none.</param>
    /// <param name="pause">How long not to try again.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>False, with nothing changed, if the lease was lost.</returns>
    Task<bool> RetryAsync(IntegrationKey key, Guid eventId, string owner, string? handledBy, TimeSpan pause, CancellationToken ct = default);

    /// <summary>
    /// Makes all events of an integration that wait to be tried again due now: a listener that refused works again. Those that are
    /// leased are left alone.
    /// </summary>
    Task WakeAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>Reads the history of one integration, newest first.</summary>
    /// <param name="key">The integration.</param>
    /// <param name="before">Only events with a lower id, for the next page. Null from the newest.</param>
    /// <param name="limit">At most so many, 1 to 500.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<IReadOnlyList<StoredEvent>> ListAsync(IntegrationKey key, Guid? before, int limit, CancellationToken ct = default);

    /// <summary>Removes delivered events of all clients. Bounded: call again until it gives less than <paramref name="max"/>.</summary>
    /// <param name="deliveredFor">Those delivered longer ago than this.</param>
    /// <param name="deletionsFor">The same for <see cref="IntegrationEventKind.DataDeleted"/>, which prove that something was deleted.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>How many were removed.</returns>
    Task<int> ExpireAsync(TimeSpan deliveredFor, TimeSpan deletionsFor, int max, CancellationToken ct = default);

    /// <summary>Removes what is stored about one contact of an integration, delivered or not.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> EraseContactAsync(IntegrationKey key, string contactId, CancellationToken ct = default);
}
