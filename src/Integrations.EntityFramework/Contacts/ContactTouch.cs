namespace Integrations.EntityFramework.Contacts;

/// <summary>One contact that wrote; waits for the commit it shares with others.</summary>
internal sealed class ContactTouch(IntegrationKey key, string contactId, DateTime at) : BatchEntry(1)
{
    public IntegrationKey Key { get; } = key;

    public string ContactId { get; } = contactId;

    public DateTime FirstAt { get; } = at;

    /// <summary>The latest of those that were joined into this one.</summary>
    public DateTime LastAt { get; private set; } = at;

    /// <summary>As it is now. Null if the client has no such integration.</summary>
    public ContactRecord? Contact { get; set; }

    /// <summary>One for each contact: a statement can write a row once only.</summary>
    public static List<IGrouping<(IntegrationKey, string), ContactTouch>> ByContact(IReadOnlyList<ContactTouch> touches) =>
        [.. touches.GroupBy(t => (t.Key, t.ContactId))];

    public static ContactTouch Join(IEnumerable<ContactTouch> same)
    {
        var all = same.ToList();
        return new ContactTouch(all[0].Key, all[0].ContactId, all[0].FirstAt) { LastAt = all.Max(t => t.LastAt) };
    }
}
