namespace Integrations;

/// <summary>Gives the provider of a type. Immutable and thread-safe.</summary>
internal sealed class ProviderRegistry
{
    private readonly Dictionary<IntegrationType, IIntegrationProvider> _providers = [];
    private readonly List<IntegrationDescriptor> _descriptors = [];

    /// <exception cref="IntegrationException">Two providers are registered for one type.</exception>
    public ProviderRegistry(IEnumerable<IIntegrationProvider> providers)
    {
        var registered = new List<IIntegrationProvider>();
        foreach (var provider in providers)
        {
            var type = provider.Descriptor.Type;
            if (_providers.TryGetValue(type, out var other))
                throw new IntegrationException(IntegrationErrorKind.Configuration,
                    $"Two providers are registered for '{type}': {other.GetType().FullName} and {provider.GetType().FullName}. Register one of them only.") { Type = type };
            _providers.Add(type, provider);
            registered.Add(provider);
        }

        Installed = registered;
        foreach (var descriptor in WellKnownType.All.Select(t => t.Descriptor))
        {
            if (descriptor.Availability == IntegrationAvailability.ComingSoon)
                _providers.TryAdd(descriptor.Type, new PlannedProvider(descriptor));
            _descriptors.Add(_providers.TryGetValue(descriptor.Type, out var provider) ? provider.Descriptor : descriptor);
        }

        _descriptors.AddRange(registered.Select(p => p.Descriptor).Where(d => WellKnownType.All.All(t => t.Descriptor.Type != d.Type)));
    }

    /// <summary>The providers the host registered, in that order.</summary>
    public IReadOnlyList<IIntegrationProvider> Installed { get; }

    /// <summary>All types: the well-known first, then those of third parties.</summary>
    public IReadOnlyList<IntegrationDescriptor> Descriptors => _descriptors;

    /// <summary>What is known about a type. Null if nothing is.</summary>
    public IntegrationDescriptor? Describe(IntegrationType type) => _descriptors.Find(d => d.Type == type);

    /// <summary>The provider of a type, also a stand-in. Null if there is none.</summary>
    public IIntegrationProvider? Find(IntegrationType type) => _providers.GetValueOrDefault(type);

    /// <summary>The provider of a type, also a stand-in.</summary>
    /// <exception cref="IntegrationException">The type is unknown, or its provider is not installed.</exception>
    public IIntegrationProvider Get(IntegrationType type)
    {
        if (Find(type) is { } provider)
            return provider;
        throw Describe(type) is { } descriptor
            ? new IntegrationException(IntegrationErrorKind.NotAvailable,
                $"{descriptor.DisplayName} is not installed in this host. Reference its provider package and register it after AddIntegrations().") { Type = type }
            : new IntegrationException(IntegrationErrorKind.NotFound,
                $"There is no integration type '{type}'. This host knows: {string.Join(", ", _descriptors.Select(d => d.Type))}.") { Type = type };
    }

    /// <summary>Why a type cannot be used here. Null if it can.</summary>
    public ProviderError? WhyNot(IntegrationType type) => Describe(type) switch
    {
        null => Refusal.UnknownType(type),
        { Availability: IntegrationAvailability.NotInstalled } d => Refusal.NotInstalled(d),
        { Availability: IntegrationAvailability.ComingSoon } d => Refusal.ComingSoon(d),
        _ => null,
    };
}
