using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>What follows a send that was carried out: the answer, and the echo before or after it.</summary>
internal static class SendAnswer
{
    public static async Task<GraphAnswer> WriteAsync(MetaWorld world, SentMessage sent, Func<PendingEvent> echo, CancellationToken ct)
    {
        world.Changed.Pulse();
        var answer = new JsonObject { ["recipient_id"] = sent.RecipientId };
        if (sent.Mid is null)
            return answer;
        answer["message_id"] = sent.Mid;
        if (!world.EchoBeforeAnswer)
            return new GraphAnswer(answer) { Afterwards = world.Pump.Reserve(echo()) };
        await world.Pump.EnqueueAsync(echo(), ct);
        return answer;
    }
}
