namespace Integrations;

/// <summary>What became of writing a connection.</summary>
internal sealed class ConnectionWriteResult
{
    public static ConnectionWriteResult AccountTaken { get; } = new() { Outcome = ConnectOutcome.AccountTaken };

    public required ConnectOutcome Outcome { get; init; }

    /// <summary>The integration as it is now. Null unless connected, or connected to another account.</summary>
    public StoredIntegration? Integration { get; init; }

    /// <summary>The integration as it was. Null if it is new.</summary>
    public StoredIntegration? Before { get; init; }

    public IReadOnlyList<DetailsError> DetailsErrors { get; init; } = [];
}
