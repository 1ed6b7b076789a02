namespace Integrations;

/// <summary>What became of an attempt to connect. Immutable.</summary>
public sealed class ConnectResult
{
    /// <summary>The outcome.</summary>
    public required ConnectOutcome Outcome { get; init; }

    /// <summary>The integration. Null unless connected.</summary>
    public IntegrationKey? Key { get; init; }

    /// <summary>The local path to return to. <c>/</c> if the attempt is not known.</summary>
    public string ReturnPath { get; init; } = "/";

    /// <summary>The open choice. Null unless an account must be chosen.</summary>
    public AccountChoice? Choice { get; init; }

    /// <summary>
    /// Why it failed. Null if it did not. With <see cref="ConnectOutcome.Connected"/>: the account is connected, and the platform
    /// could not be made to deliver as a deployment had asked; the integration stays wanted live, says so, and is tried again.
    /// </summary>
    public ProviderError? Error { get; init; }

    /// <summary>Which account is connected and which came. Null unless <see cref="ConnectOutcome.AccountMismatch"/>.</summary>
    public AccountMismatch? Mismatch { get; init; }

    /// <summary>What did not work as it should and broke nothing, such as an account left behind whose platform was not told.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Needed scopes that were not granted.</summary>
    public IReadOnlyList<string> MissingScopes { get; init; } = [];

    /// <summary>What is wrong with the details document, or which <c>$.values.{field}</c> of a credential form is empty.</summary>
    public IReadOnlyList<DetailsError> DetailsErrors { get; init; } = [];
}
