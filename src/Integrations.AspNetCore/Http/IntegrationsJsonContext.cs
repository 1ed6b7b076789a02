using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>
/// How this package reads and writes JSON, whatever the host's own JSON settings are. Names stand on the properties, so that the
/// host's OpenAPI document shows the same ones.
/// </summary>
[JsonSourceGenerationOptions(AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(IntegrationProblem))]
[JsonSerializable(typeof(DeletionAnswer))]
[JsonSerializable(typeof(IntegrationConnectRequest))]
[JsonSerializable(typeof(IntegrationCredentialsRequest))]
[JsonSerializable(typeof(IntegrationAccountRequest))]
[JsonSerializable(typeof(IntegrationDeployRequest))]
[JsonSerializable(typeof(IntegrationCatalogResponse))]
[JsonSerializable(typeof(IntegrationListResponse))]
[JsonSerializable(typeof(IntegrationConnectResponse))]
[JsonSerializable(typeof(IntegrationConnectedResponse))]
[JsonSerializable(typeof(IntegrationChoiceResponse))]
[JsonSerializable(typeof(IntegrationPlanResponse))]
[JsonSerializable(typeof(IntegrationDeployResponse))]
[JsonSerializable(typeof(IntegrationActionResponse))]
[JsonSerializable(typeof(IntegrationEmbedResponse))]
[JsonSerializable(typeof(IntegrationDiagnosisResponse))]
[JsonSerializable(typeof(IntegrationContactRequest))]
[JsonSerializable(typeof(IntegrationErasedResponse))]
internal sealed partial class IntegrationsJsonContext : JsonSerializerContext;
