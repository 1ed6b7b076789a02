using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>How the widget's calls are read, whatever the host's own JSON settings are.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Visitor))]
[JsonSerializable(typeof(WidgetSessionRequest))]
[JsonSerializable(typeof(WidgetMessageRequest))]
[JsonSerializable(typeof(WidgetReadRequest))]
[JsonSerializable(typeof(WidgetAnalyticsRequest))]
[JsonSerializable(typeof(WidgetFileRequest))]
[JsonSerializable(typeof(UploadedFile))]
internal sealed partial class WidgetJsonContext : JsonSerializerContext;
