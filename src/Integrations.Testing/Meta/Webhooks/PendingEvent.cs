using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// An event that waits to be told. <see cref="Container"/> is <c>messaging</c>, <c>standby</c>, <c>changes</c>, or <see cref="Flat"/>
/// for the entry that carries field and value itself.
/// </summary>
internal sealed record PendingEvent(EventSource Source, string Field, string Container, JsonObject Item)
{
    public const string Flat = "flat";
}
