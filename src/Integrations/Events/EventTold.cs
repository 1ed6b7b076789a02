namespace Integrations;

/// <summary>How the telling of an event went.</summary>
/// <param name="HandledBy">Who has had it by now, one name in a line. Null for nobody.</param>
/// <param name="Failed">Who refused it.</param>
/// <param name="HeldBack">Who was not called.</param>
/// <param name="IsTaken">Whether somebody took it now.</param>
internal sealed record EventTold(string? HandledBy, IReadOnlyList<string> Failed, IReadOnlyList<string> HeldBack, bool IsTaken)
{
    public bool IsDone => Failed.Count == 0 && HeldBack.Count == 0;
}
