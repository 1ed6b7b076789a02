namespace Integrations;

/// <summary>The one root of all exceptions this SDK throws on its own account. Its message never holds a secret.</summary>
public class IntegrationException : Exception
{
    /// <summary>Creates one.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="message">What happened, to what, and the next step.</param>
    /// <param name="innerException">The cause, if another exception.</param>
    public IntegrationException(IntegrationErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>Why.</summary>
    public IntegrationErrorKind Kind { get; }

    /// <summary>The integration type concerned. Null if none.</summary>
    public IntegrationType? Type { get; init; }

    /// <summary>The integration concerned. Null if none.</summary>
    public Guid? IntegrationId { get; init; }
}
