namespace Integrations;

/// <summary>What became of an attempt to connect.</summary>
public enum ConnectOutcome
{
    /// <summary>Connected.</summary>
    Connected,

    /// <summary>The grant opens several accounts: one must be chosen.</summary>
    AccountSelectionRequired,

    /// <summary>The person declined.</summary>
    Denied,

    /// <summary>The state is missing or was never issued here.</summary>
    StateUnknown,

    /// <summary>The state was used before.</summary>
    StateReplayed,

    /// <summary>The state is too old.</summary>
    StateExpired,

    /// <summary>The state was issued for another platform.</summary>
    TypeMismatch,

    /// <summary>Another browser started this.</summary>
    BrowserMismatch,

    /// <summary>Another user started this, or nobody is signed in.</summary>
    UserMismatch,

    /// <summary>The answer came from another authorization server than the platform's, or does not say from which (RFC 9207).</summary>
    IssuerMismatch,

    /// <summary>Needed permissions were declined; see <see cref="ConnectResult.MissingScopes"/>.</summary>
    MissingScopes,

    /// <summary>The grant opens no account that can be connected.</summary>
    NoAccounts,

    /// <summary>Another integration owns the account.</summary>
    AccountTaken,

    /// <summary>
    /// The integration is connected to another account than the one that came, and the attempt did not allow a switch; see
    /// <see cref="ConnectResult.Mismatch"/>.
    /// </summary>
    AccountMismatch,

    /// <summary>The details document is not valid with this account; see <see cref="ConnectResult.DetailsErrors"/>.</summary>
    InvalidDetails,

    /// <summary>The platform refused or did not answer; see <see cref="ConnectResult.Error"/>.</summary>
    Failed,

    /// <summary>Required fields of the credential form are empty; see <see cref="ConnectResult.DetailsErrors"/>. The platform was not asked.</summary>
    CredentialsIncomplete,
}
