namespace MetaSandbox;

/// <summary>What can be done to the sandbox's Instagram accounts. Their names begin with <c>ig-</c>.</summary>
internal static class InstagramVerbs
{
    public static readonly Dictionary<string, Verb> All = new(StringComparer.Ordinal)
    {
        ["ig-webhook"] = async (meta, form, ct) =>
        {
            await meta.SetInstagramWebhookAsync(form.Address("callback"), form.Text("verify_token"), ct);
            return "Webhook of the object instagram verified and registered.";
        },
        ["ig-message"] = async (meta, form, ct) => Verbs.Tell(await form.InstagramContact(meta).SendTextAsync(form.Text("text"), ct: ct)),
        ["ig-heart"] = async (meta, form, ct) => Verbs.Tell(await form.InstagramContact(meta).SendHeartAsync(ct)),
        ["ig-story"] = async (meta, form, ct) => Verbs.Tell(await form.InstagramContact(meta).MentionInStoryAsync(new Uri("https://cdn.example.com/story"), ct)),
        ["ig-ice-breaker"] = async (meta, form, ct) => Verbs.Tell(await form.InstagramContact(meta).TapIceBreakerAsync("Question", form.Text("payload"), ct)),
        ["ig-comment"] = async (meta, form, ct) => Verbs.Tell(await form.InstagramContact(meta).CommentAsync(form.Text("text"), "18000000000000001", ct: ct)),
        ["ig-close-window"] = Verbs.Do((meta, form) => form.InstagramContact(meta).CloseWindow()),
        ["ig-contact"] = Verbs.Do((meta, form) => form.Account(meta).AddContact(form.Text("name"))),
        ["ig-access"] = Verbs.Do((meta, form) => form.Account(meta).AllowsMessageAccess ^= true),
        ["ig-revoke"] = Verbs.Do((meta, form) => form.Account(meta).RevokeConsent()),
        ["ig-expire"] = Verbs.Do((meta, form) => form.Account(meta).ExpireTokens()),
        ["ig-deauthorize"] = async (meta, form, ct) =>
        {
            meta.InstagramDeauthorizeCallback = form.Address("callback");
            return Verbs.Tell(await form.Account(meta).DeauthorizeAsync(ct));
        },
    };
}
