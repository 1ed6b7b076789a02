using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>A person with a Facebook account. Thread-safe.</summary>
public sealed class SimulatedUser
{
    private readonly MetaWorld _world;

    internal SimulatedUser(MetaWorld world, string id, string name) => (_world, Id, Name) = (world, id, name);

    /// <summary>App-scoped id: what <c>signed_request</c> and <c>debug_token</c> call the person.</summary>
    public string Id { get; }

    /// <summary>Full name.</summary>
    public string Name { get; }

    internal Grant Grant { get; } = new();

    /// <summary>Permissions the person has granted to the app.</summary>
    public IReadOnlyList<string> GrantedScopes
    {
        get
        {
            lock (_world.Gate)
                return [.. Grant.Scopes];
        }
    }

    /// <summary>Removes the app: every token of this person and of their Pages dies with 190/458 and nothing stays granted.</summary>
    public void RevokeConsent()
    {
        lock (_world.Gate)
        {
            var pages = _world.Pages.Where(page => Grant.PageIds.Contains(page.Id)).ToList();
            Grant.Clear();
            _world.Tokens.Revoke(token => token.User == this, GraphErrors.AppRemoved(_world.Options.AppId));
            foreach (var page in pages)
                page.UnsubscribeIfOrphaned();
        }

        _world.Changed.Pulse();
    }

    /// <summary>Takes one permission back; tokens stay valid, calls that need it fail with code 200.</summary>
    public void RevokePermission(string scope)
    {
        lock (_world.Gate)
            Grant.Withdraw(scope);
    }

    /// <summary>Changes the password: every token so far dies with 190/460, the grant stays.</summary>
    public void ChangePassword()
    {
        lock (_world.Gate)
            _world.Tokens.Revoke(token => token.User == this, GraphErrors.PasswordChanged);
    }

    /// <summary>Lets every token of this person end now (190/463), Page tokens without expiry included.</summary>
    public void ExpireTokens()
    {
        lock (_world.Gate)
            _world.Tokens.Expire(token => token.User == this);
    }

    /// <summary>Unticks one Page in the business integrations: it leaves <c>granular_scopes</c> and its calls fail with code 200.</summary>
    public void UntickPage(SimulatedPage page)
    {
        lock (_world.Gate)
        {
            Grant.PageIds.Remove(page.Id);
            page.UnsubscribeIfOrphaned();
        }

        _world.Changed.Pulse();
    }

    /// <summary>Loses the role on a Page: the person's tokens of that Page die with 190/492.</summary>
    public void RemoveRole(SimulatedPage page)
    {
        lock (_world.Gate)
        {
            page.Roles.Remove(this);
            Grant.PageIds.Remove(page.Id);
            _world.Tokens.Revoke(token => token.User == this && token.Page == page, GraphErrors.RoleLost);
            page.UnsubscribeIfOrphaned();
        }

        _world.Changed.Pulse();
    }

    /// <summary>
    /// <see cref="RevokeConsent"/> plus the <c>signed_request</c> POST to <see cref="MetaSimulator.DeauthorizeCallback"/>; throws
    /// <see cref="InvalidOperationException"/> when none is set.
    /// </summary>
    public Task<CallbackAnswer> DeauthorizeAsync(CancellationToken ct = default)
    {
        var callback = _world.DeauthorizeCallback ?? throw new InvalidOperationException("Set MetaSimulator.DeauthorizeCallback first.");
        RevokeConsent();
        return _world.Callbacks.PostSignedRequestAsync(callback, Id, _world.Options.AppSecret, ct);
    }

    /// <summary>
    /// Asks the app to delete this person's data: posts <c>signed_request</c> to <see cref="MetaSimulator.DataDeletionCallback"/>; throws
    /// <see cref="InvalidOperationException"/> when none is set.
    /// </summary>
    public Task<CallbackAnswer> RequestDataDeletionAsync(CancellationToken ct = default) => _world.Callbacks.PostSignedRequestAsync(
        _world.DataDeletionCallback ?? throw new InvalidOperationException("Set MetaSimulator.DataDeletionCallback first."), Id, _world.Options.AppSecret, ct);

    internal JsonObject ToNode() => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["email"] = Grant.Scopes.Contains("email") ? $"{Id}@example.com" : null,
    };
}
