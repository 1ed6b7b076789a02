namespace Integrations.EndToEnd.Host;

/// <summary>Says on the console what it is told. Told to block on a kind, it never takes those: the test kills the process then.</summary>
internal sealed class SpokenEvents(SpokenEvents.Script script) : IIntegrationEvents
{
    public async Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
    {
        var blocks = integrationEvent.Kind.ToString() == script.BlocksOn;
        Console.WriteLine($"{(blocks ? "TELLING" : "TOLD")} {integrationEvent.Kind} {integrationEvent.Cause} {integrationEvent.Id}");
        if (blocks)
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
    }

    internal sealed record Script(string? BlocksOn);
}
