namespace Microsoft.EntityFrameworkCore;

/// <summary>
/// A version of the tables. A package upgrade never changes a version that was released; what needs another table or column comes
/// with a new one, which a host adopts when it wants to, with a migration of its own.
/// </summary>
public enum IntegrationsSchemaVersion
{
    /// <summary>The tables of the first release: the eighteen columns of the specification and nine neighbours.</summary>
    V1 = 1,
}
