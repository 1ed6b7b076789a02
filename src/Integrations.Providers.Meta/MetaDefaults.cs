namespace Integrations.Providers.Meta;

/// <summary>What Meta fixes for Messenger and Instagram alike.</summary>
internal static class MetaDefaults
{
    public const int MaxQuickReplies = 13;
    public const int MaxButtons = 3;

    public static readonly TimeSpan ReplyWindow = TimeSpan.FromHours(24);

    public static readonly TimeSpan HumanAgentWindow = TimeSpan.FromDays(7);

    /// <summary>Long-lived tokens live "about 60 days"; this is assumed when an answer does not say.</summary>
    public static readonly TimeSpan LongLivedTokenLife = TimeSpan.FromDays(60);

    private static readonly TimeSpan RefreshTime = TimeSpan.FromSeconds(20);

    /// <summary>A valid token is exchanged for a younger one; an expired one cannot be.</summary>
    public static RefreshPolicy Refresh(MetaOptions options, TimeSpan minimumTokenAge = default) => new()
    {
        Mode = RefreshMode.ReexchangeToken,
        Rotation = RefreshTokenRotation.Reusable,
        RefreshBeforeExpiry = TimeSpan.FromDays(10),
        MinimumTokenAge = minimumTokenAge,
        CanRefreshAfterExpiry = false,
        // A refresh makes more than one call, so shorter calls do not shorten it; a longer one must fit.
        RequestTimeout = options.RequestTimeout > RefreshTime ? options.RequestTimeout : RefreshTime,
    };
}
