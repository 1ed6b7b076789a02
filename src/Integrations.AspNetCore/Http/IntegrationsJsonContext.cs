using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>
/// How this package reads and writes JSON, whatever the host's own JSON settings are. Names stand on the properties, so that the
/// host's OpenAPI document shows the same ones.
/// </summary>
[JsonSourceGenerationOptions(AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IntegrationProblem))]
internal sealed partial class IntegrationsJsonContext : JsonSerializerContext;
