using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Calls the host's listeners. One that throws disturbs neither the others nor the flow.</summary>
internal sealed class EventListeners(IEnumerable<IIntegrationEvents> listeners, TimeProvider time, ILogger<EventListeners> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly IIntegrationEvents[] _listeners = [.. listeners];

    /// <summary>Calls those that have not had it.</summary>
    /// <param name="integrationEvent">The event.</param>
    /// <param name="handledBy">Who has had it, one name in a line. Null for nobody.</param>
    /// <param name="isHeldBack">Who is not called, for want of an earlier event. Null for nobody.</param>
    public async Task<EventTold> TellAsync(IntegrationEvent integrationEvent, string? handledBy, Predicate<string>? isHeldBack = null)
    {
        EventLog.EventRaised(logger, integrationEvent.Kind, integrationEvent.Type, integrationEvent.Key.IntegrationId);
        var handled = Names(handledBy).ToList();
        var before = handled.Count;
        List<string> failed = [], heldBack = [];
        for (var i = 0; i < _listeners.Length; i++)
        {
            var name = Name(i);
            if (handled.Contains(name))
                continue;
            if (isHeldBack?.Invoke(name) == true)
                heldBack.Add(name);
            else if (await TellAsync(_listeners[i], integrationEvent))
                handled.Add(name);
            else
                failed.Add(name);
        }

        return new EventTold(handled.Count > 0 ? string.Join('\n', handled) : null, failed, heldBack, handled.Count > before);
    }

    /// <summary>The names in a stored list.</summary>
    public static IReadOnlyList<string> Names(string? handledBy) => handledBy?.Split('\n') ?? [];

    /// <summary>Two of one type are told apart by their order, which is that of the host's registrations.</summary>
    private string Name(int index)
    {
        var type = _listeners[index].GetType();
        var before = _listeners.Take(index).Count(l => l.GetType() == type);
        return before == 0 ? type.FullName ?? type.Name : $"{type.FullName}#{before}";
    }

    private async Task<bool> TellAsync(IIntegrationEvents listener, IntegrationEvent integrationEvent)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            // A listener that ignores its token must not hold the others.
            await listener.HandleAsync(integrationEvent, limit.Token).WaitAsync(limit.Token);
            return true;
        }
#pragma warning disable CA1031 // A listener is the host's code: whatever it throws is logged, and it is called again later.
        catch (Exception e)
#pragma warning restore CA1031
        {
            EventLog.ListenerFailed(logger, e, listener.GetType().Name, integrationEvent.Kind, integrationEvent.Key.IntegrationId);
            return false;
        }
    }
}
