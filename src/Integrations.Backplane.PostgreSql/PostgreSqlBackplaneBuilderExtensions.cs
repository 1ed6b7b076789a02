using Integrations;
using Integrations.Backplane.PostgreSql;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Carries hints between hosts through PostgreSQL.</summary>
public static class PostgreSqlBackplaneBuilderExtensions
{
    /// <summary>
    /// Makes an answer that one host writes reach a visitor connected to another at once. Uses <c>NOTIFY</c>, and one connection that
    /// listens while visitors are connected. Safe to call twice; the last backplane added wins.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">The server. Not a pooler in transaction mode: <c>LISTEN</c> hears nothing there.</param>
    /// <param name="channel">The name hosts of one installation share. At most 63 characters.</param>
    public static IntegrationsBuilder AddPostgreSqlBackplane(this IntegrationsBuilder builder, string connectionString, string channel = "integrations_widget")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ArgumentException.ThrowIfNullOrWhiteSpace(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channel.Length, PostgreSqlBackplane.MaxChannel, nameof(channel));
        builder.Services.Replace(ServiceDescriptor.Singleton<IWidgetBackplane>(services => new PostgreSqlBackplane(
            connectionString, channel, services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetService<ILogger<PostgreSqlBackplane>>() ?? NullLogger<PostgreSqlBackplane>.Instance)));
        return builder;
    }
}
