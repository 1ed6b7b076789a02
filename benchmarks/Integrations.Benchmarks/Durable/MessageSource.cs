using System.Globalization;

namespace Integrations.Benchmarks.Durable;

/// <summary>Messages as the webhook makes them, each different, of 400 contacts.</summary>
internal sealed class MessageSource(IntegrationKey key)
{
    private readonly string _run = Guid.NewGuid().ToString("N");
    private long _last;

    public NewMessage Next()
    {
        var number = Interlocked.Increment(ref _last);
        var contact = string.Create(CultureInfo.InvariantCulture, $"7392018465{number % 400:000}");
        var mid = string.Create(CultureInfo.InvariantCulture, $"m_{_run}{number:0000000000}aY7IfLZDamVrALniheU1fTq8oLumEyIp3Q2MRw6v");
        return new NewMessage
        {
            Id = Guid.CreateVersion7(),
            Key = key,
            Direction = MessageDirection.Inbound,
            Lane = $"in:{key.IntegrationId:N}:{contact}",
            DedupeKey = $"in:{mid}",
            ContactId = contact,
            Kind = "message",
            Payload = $$"""{"kind":"message","account_id":"{{WebhookScenario.PageId}}","event_id":"{{mid}}","contact_id":"{{contact}}","occurred_at":"2026-07-29T07:46:44.523+00:00","message_id":"{{mid}}","text":"Hello, do you have the blue one in size M? Café Zürich"}""",
            ReceivedAt = DateTime.UtcNow,
        };
    }
}
