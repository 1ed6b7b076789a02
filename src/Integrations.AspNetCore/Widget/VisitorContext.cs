using System.Text.Json.Nodes;

namespace Integrations.AspNetCore;

/// <summary>What the agent gets to know about a visitor with each message, as <see cref="InboundEvent.Raw"/>.</summary>
internal static class VisitorContext
{
    public static string Write(Visitor visitor, JsonObject? contact = null)
    {
        var context = new JsonObject { ["origin"] = visitor.Origin };
        if (visitor.Locale is { } locale)
            context["locale"] = locale;
        if (visitor.Page is { } page)
            context["page"] = page;
        if (visitor.User is { } user)
            context["user"] = new JsonObject { ["id"] = user.Id, ["name"] = user.Name, ["email"] = user.Email };
        if (contact is not null)
            context["contact"] = contact;
        return context.ToJsonString();
    }
}
