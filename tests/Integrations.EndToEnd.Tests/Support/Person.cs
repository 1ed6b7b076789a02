namespace Integrations.EndToEnd.Tests.Support;

/// <summary>Someone who uses the host: a signed-in user of one client, with one chat.</summary>
internal sealed record Person(string Name, Guid ClientId, Guid ChatId)
{
    public static Person Anna { get; } = new("anna", Guid.Parse("0194c0de-0000-7000-8000-00000000000a"), Guid.Parse("0194c0de-0000-7000-8000-0000000000a1"));

    public static Person Ben { get; } = new("ben", Guid.Parse("0194c0de-0000-7000-8000-00000000000b"), Guid.Parse("0194c0de-0000-7000-8000-0000000000b1"));
}
