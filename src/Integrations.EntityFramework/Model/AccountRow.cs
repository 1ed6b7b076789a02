namespace Integrations.EntityFramework.Model;

/// <summary>One row of <c>integration_accounts</c>. Its primary key is the ownership claim.</summary>
internal sealed class AccountRow
{
    public required IntegrationType Type { get; set; }

    public required string AccountId { get; set; }

    public required Guid IntegrationId { get; set; }

    public required Guid ClientId { get; set; }
}
