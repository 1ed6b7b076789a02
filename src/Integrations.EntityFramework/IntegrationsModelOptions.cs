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

    /// <summary>
    /// The schema this host's database has. Pin it, and a newer version of this package keeps mapping that schema until the host
    /// raises it in a migration of its own. Null, the default, is the latest.
    /// </summary>
    public IntegrationsSchemaVersion? SchemaVersion { get; set; }

    /// <summary>
    /// Renames tables: gets the name of the specification, such as <c>integrations</c> or <c>integration_messages</c>, and returns
    /// the host's. For example <c>name => "bot_" + name</c>. Null keeps the names.
    /// </summary>
    public Func<string, string>? TableName { get; set; }

    /// <summary>
    /// Renames columns: gets the name of the specification, such as <c>client_id</c>, and returns the host's. Null keeps them;
    /// <see cref="PascalCase"/> makes <c>ClientId</c> of it.
    /// </summary>
    public Func<string, string>? ColumnName { get; set; }

    /// <summary>Turns <c>client_id</c> into <c>ClientId</c>, for <see cref="ColumnName"/> and <see cref="TableName"/>.</summary>
    public static string PascalCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>The name of the query filter that <see cref="HasTenantFilter"/> adds, for <c>IgnoreQueryFilters([name])</c>.</summary>
    public const string TenantFilterName = "Integrations.Tenant";

    /// <summary>
    /// Narrows the host's own queries over integrations, connections, contacts and pending connects to one client. The stores are
    /// not affected: they scope every query by its key, and their workers serve all clients.
    /// </summary>
    /// <param name="clientId">A property of the context that maps the tables, for example <c>() => CurrentClientId</c>. Read at each query.</param>
    public IntegrationsModelOptions HasTenantFilter(Expression<Func<Guid>> clientId)
    {
        ArgumentNullException.ThrowIfNull(clientId);
        Tenant = clientId;
        return this;
    }

    internal Expression<Func<Guid>>? Tenant { get; private set; }

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
