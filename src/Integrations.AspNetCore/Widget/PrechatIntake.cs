using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Integrations.AspNetCore;

/// <summary>Takes what visitors fill in before they chat: an event of its own, so that the host's agent and owner have it.</summary>
internal sealed class PrechatIntake(WidgetServer server)
{
    private const int MaxFields = 10;
    private const int MaxText = 500;

    public Task AcceptAsync(WidgetCall call, Visitor visitor, JsonObject form)
    {
        var contact = new JsonObject();
        foreach (var (name, value) in form.Take(MaxFields))
            if (value is JsonValue one && one.TryGetValue(out string? text) && VisitorText.Short(text, MaxText) is { } clean && VisitorText.Short(name, 40) is { } field)
                contact[field] = clean;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contact.ToJsonString())))[..16];
        return server.Intake.AcceptAsync(
            call.Key,
            new InboundEvent
            {
                Kind = InboundEventKind.OptIn,
                AccountId = call.Site.AccountId,
                EventId = $"prechat:{visitor.Id}:{hash}",
                ContactId = visitor.Id,
                OccurredAt = server.Time.GetUtcNow(),
                Raw = VisitorContext.Write(visitor, contact),
            });
    }
}
