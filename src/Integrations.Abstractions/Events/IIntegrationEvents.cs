namespace Integrations;

/// <summary>The host's listener to what happens to integrations. Registered with <c>AddEvents</c>. Must be thread-safe.</summary>
/// <remarks>
/// <para>
/// Each transition makes exactly one event, whichever host made it, and each listener gets it at least once, on some host. The
/// event is stored in the transaction that made it true, so a crash in between loses nothing; a crash during a delivery repeats it,
/// with the same <see cref="IntegrationEvent.Id"/>. A listener for which twice would do harm remembers the ids.
/// </para>
/// <para>
/// Each listener gets the events of one integration in the order they happened. So one that it keeps refusing holds back the later ones
/// of that integration, for this listener only, until it is given up after seven days. Other listeners, and events of other
/// integrations, do not wait for it. <see cref="IntegrationEventKind.MessageReceived"/> is outside of that order: it comes with the
/// message.
/// </para>
/// </remarks>
public interface IIntegrationEvents
{
    /// <summary>
    /// Called for each event. Keep it short. An exception, or taking longer than a minute, does not undo what happened: this listener
    /// is called again later, after growing pauses; listeners that have had the event are not.
    /// </summary>
    Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default);
}
