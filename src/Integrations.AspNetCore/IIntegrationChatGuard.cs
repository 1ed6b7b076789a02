namespace Integrations.AspNetCore;

/// <summary>
/// Tells the endpoints whether a chat belongs to the client that asks. Chats are the host's own: the SDK cannot know. Without a
/// guard any chat id is taken, which is right only where a chat id alone gives nothing away. Register with <c>AddChatGuard</c>.
/// </summary>
public interface IIntegrationChatGuard
{
    /// <summary>False if this client has no such chat: the answer is then 404. Called before anything is started, planned or deployed.</summary>
    Task<bool> MayUseChatAsync(IntegrationUser user, Guid chatId, CancellationToken ct = default);
}
