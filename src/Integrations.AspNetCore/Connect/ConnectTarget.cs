using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Who wants to connect which chat to what, and where to go on: read from the address, and allowed.</summary>
internal sealed class ConnectTarget
{
    public required IntegrationUser User { get; init; }

    public required IntegrationDescriptor Platform { get; init; }

    public required Guid ChatId { get; init; }

    /// <summary>A path of this host. Null for <c>/</c>.</summary>
    public string? ReturnPath { get; init; }

    public bool AllowAccountSwitch { get; init; }

    public IntegrationType Type => Platform.Type;

    /// <summary>One of the two is null.</summary>
    public static async Task<(ConnectTarget? Target, Failure? Failure)> ReadAsync(
        HttpContext http, IIntegrationCatalog catalog, string type, string? chatId, string? returnPath, string? allowAccountSwitch)
    {
        if (await http.FindIntegrationUserAsync() is not { } user)
            return (null, Failure.Unauthenticated);
        if (!IntegrationType.TryParse(type, out var parsed) || catalog.Find(parsed) is not { } platform)
            return (null, Failure.UnknownType);
        if (!Guid.TryParse(chatId, out var chat))
            return (null, Failure.Invalid("$.chat_id", "not_a_guid", "chat_id must be the id of a chat."));
        if (returnPath is not null && !LocalPath.IsLocal(returnPath))
            return (null, Failure.Invalid("$.return_path", "not_local", "return_path must be a path of this host that starts with a single '/'."));
        if (!await http.MayUseChatAsync(user, chat))
            return (null, Failure.UnknownChat);
        return (new ConnectTarget
        {
            User = user,
            Platform = platform,
            ChatId = chat,
            ReturnPath = returnPath,
            AllowAccountSwitch = allowAccountSwitch is "true" or "1",
        }, null);
    }
}
