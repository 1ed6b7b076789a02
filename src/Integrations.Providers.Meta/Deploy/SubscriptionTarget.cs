namespace Integrations.Providers.Meta;

/// <summary>What is subscribed to.</summary>
/// <param name="Node">A Page's id, or <c>me</c>.</param>
/// <param name="Token">What opens it.</param>
/// <param name="Budget">Whose budget the calls are on.</param>
/// <param name="Host">The API. Null for the Graph API.</param>
internal readonly record struct SubscriptionTarget(string Node, Secret Token, string Budget, GraphHost? Host = null);
