namespace Integrations.Providers.Meta;

/// <summary>
/// An installed channel of Meta's. The channels know of each other through these: one Meta app has one callback address for
/// all of its webhooks and one for its notices, so each endpoint takes what belongs to any of them.
/// </summary>
/// <param name="type">The platform.</param>
/// <param name="objectName">The webhook object: <c>page</c> or <c>instagram</c>.</param>
/// <param name="options">Its settings, read for each call.</param>
internal sealed class MetaChannel(IntegrationType type, string objectName, Func<MetaOptions> options)
{
    public IntegrationType Type => type;

    public string ObjectName => objectName;

    public MetaOptions Options => options();
}
