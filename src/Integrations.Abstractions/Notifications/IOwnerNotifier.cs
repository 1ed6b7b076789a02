namespace Integrations;

/// <summary>
/// Tells an integration's owner what happened to it, for example by e-mail. Registered with <c>AddOwnerNotifier</c>; without one,
/// notices are logged. Must be thread-safe.
/// </summary>
public interface IOwnerNotifier
{
    /// <summary>
    /// Tells the owner. Called at least once for a notice, and again with the same <see cref="OwnerNotice.Id"/> after an exception:
    /// return for what will never work, such as an address the mail server refuses, and throw for what may work later.
    /// </summary>
    /// <param name="notice">What to tell whom.</param>
    /// <param name="ct">Ends the attempt.</param>
    Task NotifyAsync(OwnerNotice notice, CancellationToken ct = default);
}
