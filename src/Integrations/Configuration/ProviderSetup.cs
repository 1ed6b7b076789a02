namespace Integrations;

/// <summary>
/// Nothing to set. It exists to check the settings against the registered providers when the host starts, apart from the
/// settings themselves: a provider may read those while it is created.
/// </summary>
internal sealed class ProviderSetup;
