namespace Integrations.Testing;

/// <summary>messaging_type, tags and the 24 hour window (developers.facebook.com/docs/messenger-platform/policy/policy-overview).</summary>
internal static class MessagingWindow
{
    private static readonly TimeSpan Standard = TimeSpan.FromHours(24);
    private static readonly TimeSpan HumanAgent = TimeSpan.FromDays(7);

    public static void Check(MetaWorld world, GraphCall call, DateTimeOffset? lastActionAt, GraphError closed, bool typeRequired)
    {
        var tag = call.Text("tag");
        switch (call.Text("messaging_type"))
        {
            case "RESPONSE" or "UPDATE" when tag is null:
            case null when tag is null && !typeRequired:
                Require(world, lastActionAt, Standard, closed);
                break;
            case "RESPONSE" or "UPDATE":
                throw GraphErrors.Invalid("tag needs messaging_type MESSAGE_TAG.").AsException();
            case "MESSAGE_TAG":
                CheckTag(world, lastActionAt, tag, closed);
                break;
            case "UTILITY":
                throw GraphErrors.Permission("page_utility_messaging").AsException();
            case null:
                throw GraphErrors.Invalid("The parameter messaging_type is required.").AsException();
            default:
                throw GraphErrors.Invalid("Param messaging_type must be one of {MESSAGE_TAG, RESPONSE, UPDATE, UTILITY}.").AsException();
        }
    }

    private static void CheckTag(MetaWorld world, DateTimeOffset? lastActionAt, string? tag, GraphError closed)
    {
        // The other three answer error 100 since 2026-04-27.
        if (tag is "CONFIRMED_EVENT_UPDATE" or "ACCOUNT_UPDATE" or "POST_PURCHASE_UPDATE")
            throw GraphErrors.TagRetired.AsException();
        if (tag != "HUMAN_AGENT")
            throw GraphErrors.Invalid("Param tag must be one of {HUMAN_AGENT}.").AsException();
        if (!world.Options.HumanAgentFeature)
            throw GraphErrors.NoHumanAgent.AsException();
        Require(world, lastActionAt, HumanAgent, closed);
    }

    private static void Require(MetaWorld world, DateTimeOffset? lastActionAt, TimeSpan window, GraphError closed)
    {
        if (lastActionAt is not { } last || world.Now - last >= window)
            throw closed.AsException();
    }
}
