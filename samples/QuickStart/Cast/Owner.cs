namespace QuickStart.Cast;

/// <summary>Anna, who signs in at the host: her client, and the chat (the agent) she connects.</summary>
internal static class Owner
{
    public const string UserId = "anna";
    public static readonly Guid ClientId = Guid.Parse("0194c0de-0000-7000-8000-00000000000a");
    public static readonly Guid ChatId = Guid.Parse("0194c0de-0000-7000-8000-0000000000a1");
}
