using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.AspNetCore;

/// <summary>Finds out who is asking, with the host's accessor or the default one.</summary>
internal static class HttpContextUsers
{
    public static Task<IntegrationUser?> FindIntegrationUserAsync(this HttpContext http)
    {
        var accessor = http.RequestServices.GetService<IIntegrationUserAccessor>()
            ?? ActivatorUtilities.CreateInstance<ClaimsUserAccessor>(http.RequestServices);
        return accessor.FindUserAsync(http, http.RequestAborted);
    }

    public static async Task<bool> MayUseChatAsync(this HttpContext http, IntegrationUser user, Guid chatId) =>
        http.RequestServices.GetService<IIntegrationChatGuard>() is not { } guard
        || await guard.MayUseChatAsync(user, chatId, http.RequestAborted);
}
