using System.Globalization;
using Integrations.Testing;

namespace MetaSandbox;

/// <summary>Does one thing and says in a line what came of it.</summary>
internal delegate Task<string> Verb(MetaSimulator meta, Fields form, CancellationToken ct);

/// <summary>What can be done to the sandbox from outside, by form fields.</summary>
internal static class Verbs
{
    private static readonly Dictionary<string, Verb> All = new(StringComparer.Ordinal)
    {
        ["webhook"] = async (meta, form, ct) =>
        {
            await meta.SetWebhookAsync(form.Address("callback"), form.Text("verify_token"), ct);
            return "Webhook verified and registered.";
        },
        ["message"] = async (meta, form, ct) => Tell(await form.Contact(meta).SendTextAsync(form.Text("text"), ct: ct)),
        ["postback"] = async (meta, form, ct) => Tell(await form.Contact(meta).TapPostbackAsync("Get Started", form.Text("payload"), ct: ct)),
        ["read"] = async (meta, form, ct) => Tell(await form.Contact(meta).ReadAsync(ct)),
        ["close-window"] = Do((meta, form) => form.Contact(meta).CloseWindow()),
        ["contact"] = Do((meta, form) => form.Page(meta).AddContact(form.Text("name"))),
        ["revoke-page"] = Do((meta, form) => form.Page(meta).Revoke()),
        ["expire-page"] = Do((meta, form) => form.Page(meta).ExpireTokens()),
        ["throttle"] = Do((meta, form) => meta.Throttle(form.Page(meta), form.Number("minutes", 5))),
        ["revoke-user"] = Do((meta, form) => form.User(meta).RevokeConsent()),
        ["password"] = Do((meta, form) => form.User(meta).ChangePassword()),
        ["untick"] = Do((meta, form) => form.User(meta).UntickPage(form.Page(meta))),
        ["remove-role"] = Do((meta, form) => form.User(meta).RemoveRole(form.Page(meta))),
        ["go-down"] = Do((meta, _) => meta.GoDown()),
        ["come-back"] = Do((meta, _) => meta.ComeBack()),
        ["drop-answer"] = Do((meta, _) => meta.DropNextAnswer()),
        ["fail-send"] = Do((meta, form) => meta.FailNextSend(form.Number("code", 551), form.OptionalNumber("subcode"), form.Number("status", 400))),
        ["duplicate"] = Do((meta, _) => meta.Webhooks.DuplicateNext()),
        ["hold"] = Do((meta, _) => meta.Webhooks.Hold()),
        ["release"] = async (meta, form, ct) => $"{(await meta.Webhooks.ReleaseAsync(form.Number("events_per_post", 1000), ct: ct)).Count} POSTs sent.",
        ["delay"] = Do((meta, form) => meta.Webhooks.Delay = TimeSpan.FromSeconds(form.Number("seconds", 0))),
        ["advance"] = (_, form, _) =>
        {
            form.Clock.Advance(TimeSpan.FromMinutes(form.Number("minutes", 60)));
            return Task.FromResult($"It is {form.Clock.GetUtcNow():u} here.");
        },
        ["deauthorize"] = async (meta, form, ct) =>
        {
            meta.DeauthorizeCallback = form.Address("callback");
            return Tell(await form.User(meta).DeauthorizeAsync(ct));
        },
        ["data-deletion"] = async (meta, form, ct) =>
        {
            meta.DataDeletionCallback = form.Address("callback");
            return Tell(await form.User(meta).RequestDataDeletionAsync(ct));
        },
    };

    public static IEnumerable<string> Names => All.Keys.Concat(InstagramVerbs.All.Keys);

    public static async Task<(int Status, string Said)> RunAsync(MetaSimulator meta, string name, Fields form, CancellationToken ct)
    {
        if (!All.TryGetValue(name, out var verb) && !InstagramVerbs.All.TryGetValue(name, out verb))
            return (404, $"Unknown verb. Known: {string.Join(", ", Names)}.");
        try
        {
            return (200, await verb(meta, form, ct));
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException or HttpRequestException)
        {
            return (400, wrong.Message);
        }
    }

    internal static Verb Do(Action<MetaSimulator, Fields> act) => (meta, form, _) =>
    {
        act(meta, form);
        return Task.FromResult("Done.");
    };

    internal static string Tell(SimulatedEvent occurrence) => occurrence switch
    {
        { NotDeliveredBecause: { } cause } => $"No webhook was sent: {cause}.",
        { Delivery: { } delivery } => $"Webhook answered with {delivery.Status?.ToString(CultureInfo.InvariantCulture) ?? delivery.Failure}.",
        _ => "The webhook is held.",
    };

    internal static string Tell(CallbackAnswer answer) => $"The callback answered {answer.Status}: {answer.Body}";
}
