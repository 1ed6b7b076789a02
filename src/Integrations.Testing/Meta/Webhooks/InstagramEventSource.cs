namespace Integrations.Testing;

/// <summary>
/// An Instagram account as the source of events of the object "instagram". Connected through Instagram login it has a subscription of
/// its own; through Facebook login the linked Page must be subscribed to any field at all
/// (developers.facebook.com/docs/instagram-platform/webhooks).
/// </summary>
internal sealed class InstagramEventSource(MetaWorld world, SimulatedInstagramAccount account) : EventSource
{
    private bool _disabled;

    public override string Id => account.Id;

    public override string Object => "instagram";

    public override string Label => "Instagram account";

    public override AppSubscription? App => world.InstagramSubscription;

    /// <summary>The app of the Instagram login has a secret of its own.</summary>
    public override string Secret => account.Subscription is null ? world.Options.AppSecret : world.Options.InstagramAppSecret;

    public override bool IsSubscribed => !_disabled && (account.Subscription is not null || account.Page?.Subscription is not null);

    public override void Unsubscribe()
    {
        _disabled = true;
        account.Unsubscribe();
    }

    /// <summary>A subscription made anew: what was switched off is on again.</summary>
    public void Enable() => (_disabled, FailingSince, Alerted) = (false, null, false);

    protected override string? ObstacleBelow(string field)
    {
        if (!account.AllowsMessageAccess && InstagramFields.IsMessaging(field))
            return "the account has switched off \"Allow access to messages\"";
        if (_disabled)
            return "webhooks of the account were disabled after an hour of failures";
        if (account.Subscription is { } fields)
            return fields.Contains(field) ? null : $"the Instagram account is not subscribed to {field}";
        if (account.Page is not { } page)
            return "the Instagram account is not subscribed and is linked to no Page";
        if (page.Subscription is null)
            return "the linked Page is not subscribed to any field";
        var scope = InstagramFields.IsMessaging(field) ? MetaScopes.InstagramMessages : MetaScopes.InstagramComments;
        return world.Users.Exists(user => user.Grant.Allows(page, scope)) ? null : $"nobody has granted {scope} for the linked Page";
    }
}
