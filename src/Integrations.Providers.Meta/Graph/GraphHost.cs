namespace Integrations.Providers.Meta;

/// <summary>An API other than <c>graph.facebook.com</c>. None of them documents <c>appsecret_proof</c>, so none gets it.</summary>
/// <param name="BaseUri">Where it is.</param>
/// <param name="IsVersioned">Whether the version is part of the path.</param>
internal sealed record GraphHost(Uri BaseUri, bool IsVersioned = true);
