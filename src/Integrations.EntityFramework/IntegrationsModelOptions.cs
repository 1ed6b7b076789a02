using System.Linq.Expressions;
using Integrations.EntityFramework.Model;

namespace Microsoft.EntityFrameworkCore;

/// <summary>How <c>modelBuilder.UseIntegrations()</c> maps the tables of the SDK. Not thread-safe; used while a model is built.</summary>
public sealed class IntegrationsModelOptions
{
    /// <summary>
    /// The database provider, <c>Database.ProviderName</c> of the context: decides column types. Null recognises PostgreSQL by
    /// itself and maps portable types for everything else, which is right for SQLite and SQL Server.
    /// </summary>
    public string? ProviderName { get; set; }

    /// <summary>The schema of all tables. Null for the context's default. SQLite has no schemas.</summary>
    public string? Schema { get; set; }

    internal HostReference? Client { get; private set; }

    internal HostReference? Chat { get; private set; }

    /// <summary>
    /// Makes <c>client_id</c> a foreign key to the host's entity for clients, whose key must be a <see cref="Guid"/>.
    /// </summary>
    /// <param name="key">The key property, for example <c>c => c.Id</c>. Null for the entity's primary key.</param>
    /// <param name="onDelete">What deleting the client does. By default its integrations, with all that belongs to them, go with it.</param>
    public IntegrationsModelOptions HasClient<TClient>(
        Expression<Func<TClient, object?>>? key = null, DeleteBehavior onDelete = DeleteBehavior.Cascade)
        where TClient : class
    {
        Client = HostReference.To(key, onDelete);
        return this;
    }

    /// <summary>
    /// Makes <c>chat_id</c> a foreign key to the host's entity for chats or agents, whose key must be a <see cref="Guid"/>.
    /// </summary>
    /// <param name="key">The key property, for example <c>c => c.Id</c>. Null for the entity's primary key.</param>
    /// <param name="onDelete">
    /// What deleting the chat does. By default its integrations go with it. SQL Server refuses a second cascade path from one
    /// client to its integrations: choose <see cref="DeleteBehavior.NoAction"/> for one of the two there.
    /// </param>
    public IntegrationsModelOptions HasChat<TChat>(
        Expression<Func<TChat, object?>>? key = null, DeleteBehavior onDelete = DeleteBehavior.Cascade)
        where TChat : class
    {
        Chat = HostReference.To(key, onDelete);
        return this;
    }
}
