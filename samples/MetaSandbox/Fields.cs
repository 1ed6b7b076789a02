using System.Globalization;
using Integrations.Testing;
using Microsoft.AspNetCore.Http;

namespace MetaSandbox;

/// <summary>What a verb is told: form fields as ids of people, Pages, accounts and contacts; a missing id means the first one.</summary>
internal sealed class Fields(IFormCollection form, SandboxClock clock)
{
    public SandboxClock Clock => clock;

    public string Text(string name) =>
        form[name].ToString() is { Length: > 0 } text ? text : throw new InvalidOperationException($"The field {name} is required.");

    public int Number(string name, int otherwise) => OptionalNumber(name) ?? otherwise;

    public int? OptionalNumber(string name) =>
        form[name].ToString() is not { Length: > 0 } text ? null
            : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
            : throw new InvalidOperationException($"The field {name} must be a whole number, not '{text}'.");

    public Uri Address(string name) =>
        Uri.TryCreate(Text(name), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
            : throw new InvalidOperationException($"The field {name} must be an address such as http://localhost:5000/path, not '{Text(name)}'.");

    public SimulatedUser User(MetaSimulator meta) => Pick(meta.Users, "user", user => user.Id);

    public SimulatedPage Page(MetaSimulator meta) => Pick(meta.Pages, "page", page => page.Id);

    public SimulatedContact Contact(MetaSimulator meta) => Pick(meta.Pages.SelectMany(page => page.Contacts), "contact", contact => contact.Id);

    public SimulatedInstagramAccount Account(MetaSimulator meta) => Pick(meta.InstagramAccounts, "account", account => account.Id);

    public SimulatedInstagramContact InstagramContact(MetaSimulator meta) =>
        Pick(meta.InstagramAccounts.SelectMany(account => account.Contacts), "contact", contact => contact.Id);

    private T Pick<T>(IEnumerable<T> from, string name, Func<T, string> idOf) where T : class
    {
        var id = form[name].ToString();
        return from.FirstOrDefault(item => id.Length == 0 || idOf(item) == id) ?? throw new InvalidOperationException($"There is no {name} {id}.");
    }
}
