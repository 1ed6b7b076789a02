using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EntityFramework.Model;

/// <summary>
/// Carries the settings of the mapping in the options of a context. They are part of the identity of EF Core's service provider,
/// which is where models are cached.
/// </summary>
internal sealed class IntegrationsOptionsExtension : IDbContextOptionsExtension
{
    private readonly IntegrationsModelOptions _options;

    public IntegrationsOptionsExtension(IntegrationsModelOptions options)
    {
        _options = options;
        Fingerprint = ModelFingerprint.Of(options);
        Info = new ExtensionInfo(this);
    }

    public DbContextOptionsExtensionInfo Info { get; }

    private string Fingerprint { get; }

    public void ApplyServices(IServiceCollection services)
    {
        services.AddSingleton(_options);
        services.AddScoped<IConventionSetPlugin, IntegrationsConventions>();
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(IntegrationsOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using Integrations ";

        public override int GetServiceProviderHashCode() => extension.Fingerprint.GetHashCode(StringComparison.Ordinal);

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other.Extension is IntegrationsOptionsExtension same && same.Fingerprint == extension.Fingerprint;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["Integrations:Model"] = extension.Fingerprint;
    }
}
