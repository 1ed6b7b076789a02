namespace Integrations;

/// <summary>Whether a webhook call was genuine.</summary>
public enum WebhookVerdict
{
    /// <summary>Genuine.</summary>
    Accepted,

    /// <summary>Its signature or token is missing or wrong.</summary>
    Unverified,

    /// <summary>It is no webhook call of this platform at all.</summary>
    Malformed,
}
