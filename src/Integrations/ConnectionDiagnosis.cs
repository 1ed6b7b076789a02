namespace Integrations;

/// <summary>What was found out about a connection. Immutable.</summary>
public sealed class ConnectionDiagnosis
{
    /// <summary>Which integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>Its platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>When it was looked at. Before the question, if a look of a moment ago is given again.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was looked at, from what this host stores to what the platform says. Each code once.</summary>
    public required IReadOnlyList<ConnectionCheck> Checks { get; init; }

    /// <summary>The worst of <see cref="Checks"/>.</summary>
    public CheckStatus Status => Checks.Count == 0 ? CheckStatus.Skipped : Checks.Max(c => c.Status);

    /// <summary>One check. Null if it was not made.</summary>
    public ConnectionCheck? Find(string code) => Checks.FirstOrDefault(c => c.Code == code);
}
