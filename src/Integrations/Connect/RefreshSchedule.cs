namespace Integrations;

/// <summary>When a token is due for a refresh.</summary>
internal static class RefreshSchedule
{
    /// <summary>
    /// The earliest of what expires, less the margin, and of the keep-alive interval; never before the platform's minimum age.
    /// Null for never.
    /// </summary>
    public static DateTimeOffset? DueAt(TokenSet tokens, RefreshPolicy policy, DateTimeOffset issuedAt)
    {
        if (policy.Mode == RefreshMode.None)
            return null;
        TimeSpan? due = null;
        Take(tokens.ExpiresIn - policy.RefreshBeforeExpiry);
        Take(tokens.RefreshTokenExpiresIn - policy.RefreshBeforeExpiry);
        Take(policy.RefreshAtLeastEvery);
        return due is { } span ? issuedAt + (span > policy.MinimumTokenAge ? span : policy.MinimumTokenAge) : null;

        void Take(TimeSpan? candidate)
        {
            if (candidate is { } c && (due is not { } d || c < d))
                due = c;
        }
    }
}
