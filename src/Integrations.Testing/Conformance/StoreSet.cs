namespace Integrations.Testing;

/// <summary>The stores of one host.</summary>
public sealed class StoreSet
{
    /// <summary>Integrations and connections.</summary>
    public required IIntegrationStore Integrations { get; init; }

    /// <summary>Pending connects.</summary>
    public required IAuthorizationStore Authorizations { get; init; }

    /// <summary>Contacts.</summary>
    public required IContactStore Contacts { get; init; }

    /// <summary>Requests for the deletion of data.</summary>
    public required IDeletionStore Deletions { get; init; }

    /// <summary>Messages.</summary>
    public required IMessageInbox Inbox { get; init; }

    /// <summary>Conversations of the host's own channels.</summary>
    public required IConversationStore Conversations { get; init; }

    /// <summary>Events.</summary>
    public required IEventOutbox Events { get; init; }
}
