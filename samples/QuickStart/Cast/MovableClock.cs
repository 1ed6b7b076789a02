namespace QuickStart.Cast;

/// <summary>Real time plus a shift, so that seven weeks can pass in a demo. Host and simulator share it.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
