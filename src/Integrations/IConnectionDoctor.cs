namespace Integrations;

/// <summary>Says what is wrong with a connection and what a person does about it. Changes nothing and sends nothing. Thread-safe.</summary>
public interface IConnectionDoctor
{
    /// <summary>
    /// Looks at one integration: what is stored, what its platform says, and whether this host's webhook address answers. Asks the
    /// platform a few times, so it is for people who ask, not for a monitor; it ends in less than a minute. Callers who ask about one
    /// integration at the same time share one look, and for <see cref="IntegrationsOptions.DiagnosisReuse"/> its result is given again
    /// unless the integration changed.
    /// </summary>
    /// <returns>The checks, and in <see cref="ConnectionDiagnosis.At"/> when they were made. Null if this client has no integration with that id.</returns>
    Task<ConnectionDiagnosis?> DiagnoseAsync(IntegrationKey key, CancellationToken ct = default);
}
