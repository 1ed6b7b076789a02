using System.Collections.Frozen;
using System.Text.Json;

namespace Integrations;

/// <summary>Tags of metrics and spans, and their values: all from lists that are known when the host starts.</summary>
internal static class TagNames
{
    public const string Type = "integrations.type";
    public const string State = "integrations.state";
    public const string Direction = "integrations.direction";
    public const string Outcome = "outcome";

    /// <summary>What OpenTelemetry's conventions call it. Absent when nothing failed.</summary>
    public const string ErrorType = "error.type";

    /// <summary>The conventions' value for what is on no list.</summary>
    public const string Other = "_OTHER";

    private static readonly FrozenDictionary<ProviderErrorKind, string> ErrorKinds = Names<ProviderErrorKind>();
    private static readonly FrozenDictionary<ConnectionState, string> States = Names<ConnectionState>();
    private static readonly FrozenDictionary<ConnectOutcome, string> ConnectOutcomes = Names<ConnectOutcome>();

    public static string Of(ProviderErrorKind kind) => ErrorKinds.GetValueOrDefault(kind, Other);

    public static string Of(ConnectionState state) => States.GetValueOrDefault(state, Other);

    public static string Of(ConnectOutcome outcome) => ConnectOutcomes.GetValueOrDefault(outcome, Other);

    public static string Of(MessageDirection direction) => direction == MessageDirection.Inbound ? "inbound" : "outbound";

    /// <summary>The kind a stored error text begins with, as <see cref="ProviderError.ToString"/> writes it.</summary>
    public static string OfStoredError(string? lastError) =>
        lastError is not null && Enum.TryParse<ProviderErrorKind>(lastError.AsSpan(0, Math.Max(0, lastError.IndexOf(':', StringComparison.Ordinal))), out var kind)
            ? Of(kind)
            : Other;

    private static FrozenDictionary<TEnum, string> Names<TEnum>() where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().Distinct().ToFrozenDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
}
