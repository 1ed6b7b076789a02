using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>The stores a container has.</summary>
    /// <exception cref="InvalidOperationException">One of them is not registered; the message names it.</exception>
    public static StoreSet From(IServiceProvider services) => new()
    {
        Integrations = services.GetRequiredService<IIntegrationStore>(),
        Authorizations = services.GetRequiredService<IAuthorizationStore>(),
        Contacts = services.GetRequiredService<IContactStore>(),
        Deletions = services.GetRequiredService<IDeletionStore>(),
        Inbox = services.GetRequiredService<IMessageInbox>(),
        Conversations = services.GetRequiredService<IConversationStore>(),
        Events = services.GetRequiredService<IEventOutbox>(),
    };
}
