namespace Integrations.EntityFramework.Sessions;

/// <summary>How a transaction ends, and what its caller gets.</summary>
internal readonly record struct Decision<T>(bool Commits, T Value);

internal static class Decision
{
    public static Decision<T> Commit<T>(T value) => new(true, value);

    public static Decision<T> RollBack<T>(T value) => new(false, value);
}
