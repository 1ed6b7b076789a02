namespace Integrations;

/// <content>Erasure. It looks at every message: what is kept in memory is little.</content>
internal sealed partial class InMemoryMessageInbox
{
    public Task<int> EraseAsync(MessageErasure erasure, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var limit = Now - (erasure.SettledFor ?? TimeSpan.Zero);
            var concerned = _messages.Values
                .Where(m => m.Key == erasure.Key
                    && (erasure.ContactId is null || m.ContactId == erasure.ContactId)
                    && (erasure.RemoveRows || erasure.ContactId is not null || !m.IsErased)
                    && (erasure.SettledFor is null
                        || (m.State is MessageState.Done or MessageState.Skipped or MessageState.Failed && m.SettledAt <= limit)))
                .OrderBy(m => m.Id).Take(Math.Clamp(erasure.Limit, 1, 500)).ToList();
            foreach (var message in concerned)
                Erase(message, erasure);
            return Task.FromResult(concerned.Count);
        }
    }

    private void Erase(InMemoryMessage message, MessageErasure erasure)
    {
        if (message.State == MessageState.Pending)
            Lane(message.Lane).Remove(message);
        if (erasure.ContactId is not null && _lanes.TryGetValue(message.Lane, out var lane) && lane.First is null)
            _lanes.Remove(lane.Name); // a worker that holds it finds its lease lost
        if (erasure.RemoveRows)
        {
            Forget(message);
            return;
        }

        message.Erase();
        if (message.State == MessageState.Pending)
            Finish(message, MessageState.Skipped, error: null, counts: false);
        if (erasure.ContactId is not { } contact)
            return;
        _byDedupeKey.Remove((message.Key.IntegrationId, message.DedupeKey));
        message.EraseContact(
            $"erased:{message.Key.IntegrationId:N}",
            message.DedupeKey.Contains(contact, StringComparison.Ordinal) ? $"erased:{message.Id:N}" : message.DedupeKey);
        _byDedupeKey[(message.Key.IntegrationId, message.DedupeKey)] = message;
    }

    private void Forget(InMemoryMessage message)
    {
        _messages.Remove(message.Id);
        _byDedupeKey.Remove((message.Key.IntegrationId, message.DedupeKey));
        if (message.PlatformMessageId is { } platformId)
            _byPlatformId.Remove((message.Key.IntegrationId, platformId));
    }

    private void RemoveAll(IntegrationKey key)
    {
        lock (_lock)
            foreach (var message in _messages.Values.Where(m => m.Key == key).ToList())
                Erase(message, new MessageErasure { Key = key, RemoveRows = true });
    }
}
