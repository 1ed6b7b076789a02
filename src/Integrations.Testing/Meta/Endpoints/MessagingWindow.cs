namespace Integrations.Testing;

/// <summary>messaging_type, tags and the 24 hour window (developers.facebook.com/docs/messenger-platform/policy/policy-overview).</summary>
internal static class MessagingWindow
{
    private static readonly TimeSpan Standard = TimeSpan.FromHours(24);
    private static readonly TimeSpan HumanAgent = TimeSpan.FromDays(7);

    public static void Check(MetaWorld world, GraphCall call, SimulatedContact contact)
    {
        var tag = call.Text("tag");
        switch (call.Text("messaging_type"))
        {
            case "RESPONSE" or "UPDATE" when tag is null:
                Require(world, contact, Standard);
                break;
            case "RESPONSE" or "UPDATE":
                throw GraphErrors.Invalid("tag needs messaging_type MESSAGE_TAG.").AsException();
            case "MESSAGE_TAG":
                CheckTag(world, contact, tag);
                break;
            case "UTILITY":
                throw GraphErrors.Permission("page_utility_messaging").AsException();
            case null:
                throw GraphErrors.Invalid("The parameter messaging_type is required.").AsException();
            default:
                throw GraphErrors.Invalid("Param messaging_type must be one of {MESSAGE_TAG, RESPONSE, UPDATE, UTILITY}.").AsException();
        }
    }

    private static void CheckTag(MetaWorld world, SimulatedContact contact, string? tag)
    {
        // The other three answer error 100 since 2026-04-27.
        if (tag is "CONFIRMED_EVENT_UPDATE" or "ACCOUNT_UPDATE" or "POST_PURCHASE_UPDATE")
            throw GraphErrors.TagRetired.AsException();
        if (tag != "HUMAN_AGENT")
            throw GraphErrors.Invalid("Param tag must be one of {HUMAN_AGENT}.").AsException();
        if (!world.Options.HumanAgentFeature)
            throw GraphErrors.NoHumanAgent.AsException();
        Require(world, contact, HumanAgent);
    }

    private static void Require(MetaWorld world, SimulatedContact contact, TimeSpan window)
    {
        if (contact.LastActionAt is not { } last || world.Now - last >= window)
            throw GraphErrors.WindowClosed.AsException();
    }
}
