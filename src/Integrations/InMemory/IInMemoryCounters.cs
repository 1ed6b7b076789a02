namespace Integrations;

/// <summary>What the in-memory inbox and contact store raise on the row of their integration. Thread-safe; an unknown integration is ignored.</summary>
internal interface IInMemoryCounters
{
    /// <summary>Adds to <c>message_count</c> and <c>user_count</c> and moves <c>last_synced</c> forward.</summary>
    void Count(IntegrationKey key, int messages, int users, DateTime at);

    /// <summary>Stores an event of the integration, if there is one to store.</summary>
    bool Append(IntegrationKey key, NewEvent? newEvent);

    /// <summary>Whether this client has that integration.</summary>
    bool Exists(IntegrationKey key);

    /// <summary>Says what else goes when an integration is removed. Called once, by each store that is made.</summary>
    void OnRemoved(Action<IntegrationKey> action);
}
