using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>The last check before something is started for a chat.</summary>
internal static class ManagementRules
{
    /// <summary>What is wrong with the fields, or that the chat is not this client's. Null to go on.</summary>
    public static async Task<Failure?> CheckAsync(HttpContext http, RequestRules rules, Guid chatId) =>
        rules.Failure ?? (await http.MayUseChatAsync(http.CurrentUser(), chatId) ? null : Failure.UnknownChat);
}
