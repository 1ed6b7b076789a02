namespace Integrations;

/// <summary>What a check found. The worse, the greater.</summary>
public enum CheckStatus
{
    /// <summary>Not looked at: it does not apply, the platform does not tell, or an earlier check failed.</summary>
    Skipped = 0,

    /// <summary>As it should be.</summary>
    Ok = 1,

    /// <summary>It works, and something will or may matter; or the platform could not be asked.</summary>
    Warning = 2,

    /// <summary>It does not work, and needs somebody to act.</summary>
    Failed = 3,
}
