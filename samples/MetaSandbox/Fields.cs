using System.Globalization;
using Integrations.Testing;
using Microsoft.AspNetCore.Http;

namespace MetaSandbox;

/// <summary>Form fields as ids of people, Pages, accounts and contacts; a missing id means the first one.</summary>
internal sealed class Fields(IFormCollection form)
{
    public string Text(string name) =>
        form[name].ToString() is { Length: > 0 } text ? text : throw new InvalidOperationException($"The field {name} is required.");

    public int Number(string name, int otherwise) => OptionalNumber(name) ?? otherwise;

    public int? OptionalNumber(string name) =>
        form[name].ToString() is { Length: > 0 } text ? int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : null;

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
