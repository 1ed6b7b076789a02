namespace WebHost.Users;

/// <summary>A person who may sign in, from the configuration section <c>Demo:Users</c>. A real host has its own users.</summary>
internal sealed class DemoUser
{
    public required string Name { get; init; }

    public required string Password { get; init; }

    /// <summary>The client the person works for.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>The client's agents, by name.</summary>
    public Dictionary<string, Guid> Chats { get; init; } = [];
}
