using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>
/// The parts of Graph's error object that may be used. Its texts are not among them: they are localised, change, and may
/// repeat what was sent. https://developers.facebook.com/docs/graph-api/guides/error-handling
/// </summary>
internal readonly record struct GraphError(int Code, int Subcode, bool IsTransient, string? TraceId)
{
    /// <summary>True if the call as such was refused, before its parameters were looked at.</summary>
    public bool IsMethodRefused { get; init; }

    private const int MaxTraceLength = 64;

    /// <summary>The error in an answer, also in one with status 200. Null if there is none.</summary>
    public static GraphError? Find(JsonElement root) => root.Property("error") switch
    {
        null => FindInstagram(root),
        { ValueKind: JsonValueKind.Object } error => new GraphError(
            Number(error, "code"),
            Number(error, "error_subcode") is > 0 and var subcode ? subcode : Number(error, "subcode"), // the short name inside debug_token
            error.Flag("is_transient") == true,
            Trace(error))
        {
            IsMethodRefused = error.Text("type") == "GraphMethodException",
        },
        _ => new GraphError(0, 0, false, null),
    };

    // Instagram's token endpoint: {"error_type":…,"code":400,"error_message":…}.
    private static GraphError? FindInstagram(JsonElement root) =>
        root.Property("error_type") is null ? null : new GraphError(Number(root, "code"), 0, false, null);

    public string Name => Subcode == 0 ? FormattableString.Invariant($"{Code}") : FormattableString.Invariant($"{Code}/{Subcode}");

    private static int Number(JsonElement error, string name) =>
        error.Integer(name) is { } value and > 0 and <= int.MaxValue ? (int)value : 0;

    private static string? Trace(JsonElement error) =>
        error.Text("fbtrace_id") is { Length: > 0 and <= MaxTraceLength } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? id : null;
}
