using Integrations.AspNetCore;

namespace WebHost.Users;

/// <summary>Only the host knows whose chat is whose: a client cannot connect or deploy another client's agent.</summary>
internal sealed class DemoChatGuard(DemoUsers users) : IIntegrationChatGuard
{
    public Task<bool> MayUseChatAsync(IntegrationUser user, Guid chatId, CancellationToken ct = default) =>
        Task.FromResult(users.OwnsChat(user.ClientId, chatId));
}
