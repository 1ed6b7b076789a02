namespace Integrations;

/// <summary>How the deployment of one channel ended.</summary>
public enum ChannelStatus
{
    /// <summary>Live.</summary>
    Live,

    /// <summary>Configured; goes live by itself once an account is connected.</summary>
    NeedsAuthorization,

    /// <summary>Its settings are invalid: nothing was written for any channel.</summary>
    Invalid,

    /// <summary>Valid, and left alone because another channel of the request is invalid or not available.</summary>
    NotAttempted,

    /// <summary>It could not be activated.</summary>
    Failed,

    /// <summary>
    /// Its settings were changed since the version the request names: nothing was written for any channel. Read them again.
    /// </summary>
    ChangedMeanwhile,
}
