using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Integrations.EntityFramework.Model;

/// <summary>Maps the tables as a model starts, before the context's own <c>OnModelCreating</c>.</summary>
internal sealed class IntegrationsConventions(IntegrationsModelOptions options, IDatabaseProvider provider) : IConventionSetPlugin, IModelInitializedConvention
{
    public ConventionSet ModifyConventions(ConventionSet conventionSet)
    {
        conventionSet.ModelInitializedConventions.Add(this);
        return conventionSet;
    }

    public void ProcessModelInitialized(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
#pragma warning disable EF1001 // A plugin is given metadata only; this constructor wraps it in the builder that the mappings are written with.
        var builder = new ModelBuilder((IMutableModel)modelBuilder.Metadata);
#pragma warning restore EF1001
        IntegrationsModel.Apply(builder, options, provider.Name);
    }
}
