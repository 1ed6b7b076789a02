namespace Integrations.EntityFramework.Model;

/// <summary>One row of <c>integration_conversation_messages</c>.</summary>
internal sealed class ConversationMessageRow
{
    public required Guid IntegrationId { get; set; }

    public required string ContactId { get; set; }

    public long Sequence { get; set; }

    public required Guid ClientId { get; set; }

    public required string MessageKey { get; set; }

    public ConversationAuthor Author { get; set; }

    public required string Payload { get; set; }

    public DateTime At { get; set; }

    public ConversationMessage ToMessage() => new()
    {
        Sequence = Sequence,
        MessageKey = MessageKey,
        Author = Author,
        Payload = Payload,
        At = At,
    };
}
