namespace Integrations;

/// <summary>What a notice is about.</summary>
public enum PlatformNoticeKind
{
    /// <summary>A person removed the app.</summary>
    Deauthorize,

    /// <summary>A person wants their data deleted.</summary>
    DataDeletion,
}
