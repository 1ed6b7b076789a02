using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>What was sent in the name of a Page or an account, oldest first, sender actions included.</summary>
internal sealed class SentLog(MetaWorld world)
{
    private readonly List<SentMessage> _sent = [];

    public IReadOnlyList<SentMessage> All
    {
        get
        {
            lock (world.Gate)
                return [.. _sent];
        }
    }

    /// <summary>Callers hold the world's gate.</summary>
    public void Add(SentMessage sent) => _sent.Add(sent);

    /// <summary>Completes when at least <paramref name="count"/> messages, sender actions not counted, have been sent.</summary>
    public async Task<IReadOnlyList<SentMessage>> WaitAsync(int count, CancellationToken ct)
    {
        await world.Changed.WaitForAsync(() => All.Count(sent => sent.Mid is not null) >= count, ct);
        return [.. All.Where(sent => sent.Mid is not null)];
    }

    /// <summary>A text that a person wrote in Meta's inbox: no send of the app, so it is not logged.</summary>
    public SentMessage ByHand(string recipientId, string text) => new()
    {
        RecipientId = recipientId,
        Mid = world.Ids.Mid(),
        Text = text,
        MessageJson = new JsonObject { ["text"] = text }.ToJsonString(),
        At = world.Now,
    };
}
