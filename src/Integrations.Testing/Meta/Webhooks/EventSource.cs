namespace Integrations.Testing;

/// <summary>What an entry of a webhook speaks of: a Page or an Instagram account. Callers hold the world's gate.</summary>
internal abstract class EventSource
{
    /// <summary><c>entry.id</c>.</summary>
    public abstract string Id { get; }

    /// <summary>The object of the envelope.</summary>
    public abstract string Object { get; }

    /// <summary>How an alert names it.</summary>
    public abstract string Label { get; }

    /// <summary>The app-level subscription of the object; null while there is none.</summary>
    public abstract AppSubscription? App { get; }

    /// <summary>The secret that signs its webhooks.</summary>
    public abstract string Secret { get; }

    public abstract bool IsSubscribed { get; }

    public DateTimeOffset? FailingSince { get; set; }

    public bool Alerted { get; set; }

    /// <summary>Why the app would not be told; null when it would.</summary>
    public string? Obstacle(string field)
    {
        if (App is not { } app)
            return $"no callback URL is registered for the object {Object}";
        return app.Covers(field) ? ObstacleBelow(field) : $"the app is not subscribed to {field}";
    }

    public abstract void Unsubscribe();

    protected abstract string? ObstacleBelow(string field);
}
