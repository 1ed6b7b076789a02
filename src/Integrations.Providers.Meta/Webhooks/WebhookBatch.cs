namespace Integrations.Providers.Meta;

/// <summary>What a webhook body held.</summary>
internal sealed class WebhookBatch
{
    public List<InboundEvent> Events { get; } = [];

    /// <summary>Items without meaning here: dashboard tests, other objects, entries without an id.</summary>
    public int Ignored { get; set; }

    /// <summary>False if the body broke off as JSON; the events before are there.</summary>
    public bool IsComplete { get; set; } = true;
}
