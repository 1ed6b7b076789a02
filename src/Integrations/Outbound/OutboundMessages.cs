namespace Integrations;

/// <summary>Makes the rows of the outbox: one for each part of a message.</summary>
internal sealed class OutboundMessages(MessageIds ids, TimeProvider time)
{
    /// <summary>The rows for a message, in the order to send.</summary>
    /// <param name="stored">The integration.</param>
    /// <param name="contactId">To whom.</param>
    /// <param name="message">What.</param>
    /// <param name="policy">The limits to split at.</param>
    /// <param name="dedupeKey">The key of a part by its number. Null if each row is its own.</param>
    /// <param name="traceParent">The trace it belongs to. Null for none.</param>
    /// <param name="answers">The platform's id of the message it answers. Null for none.</param>
    public NewMessage[] Create(
        StoredIntegration stored, string contactId, OutboundMessage message, MessagingPolicy policy, Func<int, string>? dedupeKey, string? traceParent, string? answers = null)
    {
        var parts = MessageSplitter.Split(message, policy, answers);
        var rows = new NewMessage[parts.Count];
        var key = stored.Record.Key;
        for (var i = 0; i < rows.Length; i++)
        {
            var id = ids.Next();
            rows[i] = new NewMessage
            {
                Id = id,
                Key = key,
                Direction = MessageDirection.Outbound,
                Lane = MessageKeys.OutboundLane(key.IntegrationId, contactId),
                DedupeKey = dedupeKey?.Invoke(i) ?? id.ToString("N"),
                ContactId = contactId,
                Kind = "message",
                Payload = MessageJson.Write(parts[i]),
                ReceivedAt = time.GetUtcNow().UtcDateTime,
                TraceParent = traceParent,
            };
        }

        return rows;
    }
}
