using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>An event that waits to be told. <see cref="Container"/> is <c>messaging</c>, <c>standby</c> or <c>changes</c>.</summary>
internal sealed record PendingEvent(SimulatedPage Page, string Field, string Container, JsonObject Item);
