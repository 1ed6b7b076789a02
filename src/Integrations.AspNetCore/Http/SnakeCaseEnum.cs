using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>Writes an enum as a lower-case name: <c>needs_authorization</c>.</summary>
internal sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
