namespace Integrations;

/// <summary>
/// A provider that can look at one connection closely, for a person who asks why it does not work. Changes nothing. Nothing is sent.
/// </summary>
public interface IConnectionChecks
{
    /// <summary>
    /// Looks. What is wrong is a result, not an exception; a platform that cannot be asked is a
    /// <see cref="CheckStatus.Warning"/>. Codes are those of <see cref="WellKnownChecks"/> where one fits.
    /// </summary>
    Task<IReadOnlyList<ConnectionCheck>> CheckAsync(ConnectionCheckContext context, CancellationToken ct = default);
}
