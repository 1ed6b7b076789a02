using System.Text.Json.Serialization;

namespace Integrations;

/// <summary>Source-generated JSON of what connecting keeps sealed.</summary>
[JsonSerializable(typeof(StoredGrant))]
[JsonSerializable(typeof(StoredAttempt))]
internal sealed partial class ConnectJsonContext : JsonSerializerContext;
