namespace Integrations.Testing;

/// <summary>A Page as the source of events of the object "page".</summary>
internal sealed class PageEventSource(MetaWorld world, SimulatedPage page) : EventSource
{
    public override string Id => page.Id;

    public override string Object => "page";

    public override string Label => "Page";

    public override AppSubscription? App => world.Subscription;

    public override string Secret => world.Options.AppSecret;

    public override bool IsSubscribed => page.Subscription is not null;

    public override void Unsubscribe() => page.Unsubscribe();

    protected override string? ObstacleBelow(string field) =>
        page.Subscription?.Contains(field) == true ? null : $"the Page is not subscribed to {field}";
}
