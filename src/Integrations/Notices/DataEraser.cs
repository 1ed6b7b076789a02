namespace Integrations;

/// <summary>Erases all people of one integration, in bounded steps. Safe to repeat: what is gone stays gone.</summary>
internal sealed class DataEraser(
    IContactStore contacts, IConversationStore conversations, IMessageInbox inbox, IEventOutbox outbox, MessageEraser eraser)
{
    private const int Page = 200;
    private const int MaxPasses = 3;

    /// <summary>Erases contacts and messages.</summary>
    /// <param name="key">The integration.</param>
    /// <param name="report">Told of each step, contacts and messages; false stops.</param>
    /// <param name="ct">Cancels between steps.</param>
    /// <returns>False if it was stopped.</returns>
    public async Task<bool> EraseAsync(IntegrationKey key, Func<long, long, Task<bool>> report, CancellationToken ct)
    {
        // Once more for what a handler under way wrote meanwhile.
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var worked = false;
            while (await StepAsync(key, ct) is { } step)
            {
                worked = true;
                if (!await report(step.Contacts, step.Messages))
                    return false;
            }

            if (!worked)
                break;
        }

        await eraser.EraseFilesAsync(key, null, ct); // also of those who sent a file and nothing else
        return true;
    }

    /// <summary>One bounded step. Null if nothing is left.</summary>
    private async Task<(long Contacts, long Messages)?> StepAsync(IntegrationKey key, CancellationToken ct)
    {
        var people = await contacts.ListAsync(new ContactQuery { Key = key, Limit = Page }, ct);
        if (people.Count > 0)
        {
            var (gone, erased) = (0L, 0L);
            foreach (var contact in people)
            {
                erased += await EraseAsync(key, contact.ContactId, ct);
                gone += await contacts.RemoveAsync(key, contact.ContactId, ct) ? 1 : 0;
            }

            return (gone, erased);
        }

        // People that were written to and never wrote, then what belongs to nobody.
        var talks = await conversations.ListAsync(new ContactQuery { Key = key, Limit = Page }, ct);
        if (talks.Count > 0)
        {
            var erased = 0L;
            foreach (var talk in talks)
                erased += await EraseAsync(key, talk.ContactId, ct);
            return (0, erased);
        }

        var rest = await inbox.ListAsync(new MessageQuery { Key = key, Limit = Page }, ct);
        if (rest.Count == 0)
            return null;
        var ids = rest.Select(m => m.ContactId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var removed = 0L;
        foreach (var id in ids)
            removed += await EraseAsync(key, id, ct);
        if (ids.Count == 0)
            removed += await inbox.EraseAsync(new MessageErasure { Key = key, RemoveRows = true }, ct);
        return (0, removed);
    }

    /// <summary>By contact, since lanes are named after contacts and go with their messages.</summary>
    private async Task<long> EraseAsync(IntegrationKey key, string contactId, CancellationToken ct)
    {
        var erased = await eraser.AllAsync(new MessageErasure { Key = key, ContactId = contactId, RemoveRows = true }, ct);
        await conversations.RemoveAsync(key, contactId, ct);
        await eraser.EraseFilesAsync(key, contactId, ct);
        await outbox.EraseContactAsync(key, contactId, ct);
        return erased;
    }
}
