namespace Integrations;

/// <summary>Which ends of a connection are warned of, and when. Pure.</summary>
internal static class Expiries
{
    /// <summary>A refresh that has failed for shorter is likely to work again by itself: no owner is woken for a platform's bad night.</summary>
    public static readonly TimeSpan FailingFor = TimeSpan.FromDays(1);

    /// <summary>Days before the end at which the owner is warned, most first.</summary>
    private static readonly int[] Days = [14, 7, 1];

    /// <summary>The stretches of time in which ends have just come as near as a mark.</summary>
    /// <param name="now">Now.</param>
    /// <param name="lookedAt">When it was last looked for them. Null for never: then all that are near.</param>
    public static IEnumerable<(DateTime After, DateTime Until)> Windows(DateTime now, DateTime? lookedAt)
    {
        for (var i = 0; i < Days.Length; i++)
        {
            var nearest = now.AddDays(i + 1 < Days.Length ? Days[i + 1] : 0);
            var seen = lookedAt?.AddDays(Days[i]);
            yield return (seen > nearest ? seen.Value : nearest, now.AddDays(Days[i]));
        }
    }

    /// <summary>All that is near at all.</summary>
    public static (DateTime After, DateTime Until) Window(DateTime now) => (now, now.AddDays(Days[0]));

    /// <summary>The mark an end has passed. Null for none, or if the token was issued after it: then its owner has just connected.</summary>
    /// <param name="end">The end.</param>
    /// <param name="issuedAt">When the token was issued. Null if not known.</param>
    /// <param name="now">Now.</param>
    public static int? Mark(DateTime end, DateTime? issuedAt, DateTime now)
    {
        int? mark = null;
        foreach (var days in Days)
            if (end > now && end - now <= TimeSpan.FromDays(days) && !(issuedAt > end.AddDays(-days)))
                mark = days;
        return mark;
    }

    /// <summary>The end that no refresh puts off. Null if every end is, or may be, put off.</summary>
    /// <remarks>
    /// A refresh token that can be used again is not replaced by using it, so its end stands. One that is exchanged is replaced.
    /// </remarks>
    public static ExpiryKind? Final(RefreshPolicy policy) => policy switch
    {
        { Mode: RefreshMode.None } => ExpiryKind.Token,
        { Mode: RefreshMode.RefreshToken, Rotation: RefreshTokenRotation.Reusable } => ExpiryKind.RefreshToken,
        _ => null,
    };

    /// <summary>One of the ends of an integration. Null if it is not known.</summary>
    public static DateTime? EndOf(ExpiryKind kind, IntegrationRecord record, ConnectionRecord connection) => kind switch
    {
        ExpiryKind.Token => record.TokenExpiresAt,
        ExpiryKind.RefreshToken => connection.RefreshTokenExpiresAt,
        _ => connection.ConsentExpiresAt,
    };

    /// <summary>The ends that stand as long as refreshing fails.</summary>
    public static IEnumerable<ExpiryKind> WhileFailing(RefreshPolicy policy) => policy.Mode switch
    {
        RefreshMode.None => [],
        // An access token's own end is ordinary here: the refresh token is what the next one comes from.
        RefreshMode.RefreshToken => [ExpiryKind.RefreshToken],
        _ => [ExpiryKind.Token, ExpiryKind.RefreshToken],
    };
}
