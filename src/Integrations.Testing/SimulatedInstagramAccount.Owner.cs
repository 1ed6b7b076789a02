using System.Text.Json.Nodes;

namespace Integrations.Testing;

public sealed partial class SimulatedInstagramAccount
{
    private const string InboxAppId = "1217981644879628";

    /// <summary>Removes the app from the account (Instagram login): its tokens die with 190/458, nothing stays granted or subscribed.</summary>
    public void RevokeConsent()
    {
        lock (_world.Gate)
        {
            Grant.Clear();
            Subscription = null;
            _world.Tokens.Revoke(token => token.Account == this, GraphErrors.AppRemoved(_world.Options.InstagramAppId));
        }

        _world.Changed.Pulse();
    }

    /// <summary>Takes one permission back; tokens stay valid, calls that need it fail with code 200.</summary>
    public void RevokePermission(string scope)
    {
        lock (_world.Gate)
            Grant.Withdraw(scope);
    }

    /// <summary>Changes the password: every token of the Instagram login so far dies with 190/460.</summary>
    public void ChangePassword()
    {
        lock (_world.Gate)
            _world.Tokens.Revoke(token => token.Account == this, GraphErrors.PasswordChanged);
    }

    /// <summary>
    /// Takes the app's subscription to the account away (Instagram login), as Meta does by itself after an hour of failed webhooks.
    /// Tokens stay valid.
    /// </summary>
    public void DropSubscription()
    {
        lock (_world.Gate)
            Subscription = null;
        _world.Changed.Pulse();
    }

    /// <summary>Lets every token of the Instagram login end now (190/463).</summary>
    public void ExpireTokens()
    {
        lock (_world.Gate)
            _world.Tokens.Expire(token => token.Account == this);
    }

    /// <summary>
    /// <see cref="RevokeConsent"/> plus the <c>signed_request</c> POST, signed with the Instagram app's secret, to
    /// <see cref="MetaSimulator.InstagramDeauthorizeCallback"/>; throws <see cref="InvalidOperationException"/> when none is set.
    /// </summary>
    public Task<CallbackAnswer> DeauthorizeAsync(CancellationToken ct = default)
    {
        var callback = _world.InstagramDeauthorizeCallback ?? throw new InvalidOperationException("Set MetaSimulator.InstagramDeauthorizeCallback first.");
        RevokeConsent();
        return _world.Callbacks.PostSignedRequestAsync(callback, AppScopedId, _world.Options.InstagramAppSecret, ct);
    }

    /// <summary>
    /// Asks the app to delete the account's data, signed with the Instagram app's secret; throws
    /// <see cref="InvalidOperationException"/> when <see cref="MetaSimulator.InstagramDataDeletionCallback"/> is not set.
    /// </summary>
    public Task<CallbackAnswer> RequestDataDeletionAsync(CancellationToken ct = default) => _world.Callbacks.PostSignedRequestAsync(
        _world.InstagramDataDeletionCallback ?? throw new InvalidOperationException("Set MetaSimulator.InstagramDataDeletionCallback first."),
        AppScopedId, _world.Options.InstagramAppSecret, ct);

    /// <summary>A person answers in the Instagram app: the app sees an echo with another app's id, on the field <c>messages</c>.</summary>
    public Task<WebhookDelivery?> SendFromInboxAsync(SimulatedInstagramContact contact, string text, CancellationToken ct = default) =>
        _world.Pump.EnqueueAsync(Echo(Sent.ByHand(contact.Id, text), InboxAppId), ct);

    // There is no field message_echoes on Instagram: echoes come as messages.
    internal PendingEvent Echo(SentMessage sent, string appId)
    {
        var message = JsonNode.Parse(sent.MessageJson!)!.AsObject();
        if (!_world.Options.InstagramEchoMetadata)
            message.Remove("metadata");
        return new PendingEvent(Source, "messages", "messaging", EchoItem.Of(message, Source, sent, appId));
    }
}
