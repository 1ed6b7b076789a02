namespace Integrations.Providers.Meta;

/// <summary>Where messages go.</summary>
/// <param name="Node">The node that has the <c>messages</c> edge: an id, or <c>me</c>.</param>
/// <param name="Host">The API. Null for the Graph API.</param>
/// <param name="TakesMetadata">Whether a message may carry our reference.</param>
internal readonly record struct SendTarget(string Node, GraphHost? Host = null, bool TakesMetadata = true);
