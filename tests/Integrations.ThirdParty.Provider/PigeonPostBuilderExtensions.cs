using Microsoft.Extensions.DependencyInjection.Extensions;
using PigeonPost;

namespace Microsoft.Extensions.DependencyInjection;

public static class PigeonPostBuilderExtensions
{
    /// <summary>Adds Pigeon Post. Safe to call twice.</summary>
    public static IntegrationsBuilder AddPigeonPost(this IntegrationsBuilder builder, PigeonPostOptions options)
    {
        builder.Services.TryAddSingleton(options);
        builder.Services.AddHttpClient(nameof(PigeonPostApi));
        builder.Services.TryAddSingleton<PigeonPostApi>();
        return builder.AddProvider<PigeonPostProvider>();
    }
}
