using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Tests.Schema;

/// <summary>A host that names everything its own way.</summary>
public sealed class NamedDb(DbContextOptions<NamedDb> options) : DbContext(options)
{
    public static void Names(IntegrationsModelOptions o)
    {
        o.Schema = "bots";
        o.TableName = name => "Bot" + IntegrationsModelOptions.PascalCase(name);
        o.ColumnName = IntegrationsModelOptions.PascalCase;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations(Names);
}

/// <summary>A context without a mapping of its own: its options bring it.</summary>
public sealed class PlainDb(DbContextOptions<PlainDb> options) : DbContext(options);
