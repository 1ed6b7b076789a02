using System.Globalization;
using System.Text;

namespace Integrations;

/// <summary>The words of a notice: what happened to which channel, why, and what to do.</summary>
internal static class OwnerNoticeText
{
    private const int LongestName = 80;

    /// <param name="happened">What happened.</param>
    /// <param name="platform">The platform's name for people.</param>
    /// <param name="daysLeft">The days left, of a warning.</param>
    public static (string Subject, string Text) Of(IntegrationEvent happened, string platform, int? daysLeft)
    {
        var name = OneLine(happened.AccountName ?? string.Empty, LongestName);
        var channel = name.Length == 0 ? $"your {platform} channel" : $"{platform} account \"{name}\"";
        return happened.Kind switch
        {
            IntegrationEventKind.ReconnectRequired => (
                $"Connect {channel} again",
                Text($"{Upper(channel)} is no longer connected, so its messages are not answered.", happened,
                    "connect the account again. Your settings and the history are kept, and messages that wait are answered then.")),
            IntegrationEventKind.Suspended => (
                $"{Upper(channel)} is blocked by the platform",
                Text($"{Upper(channel)} is blocked by the platform, so its messages are not answered.", happened,
                    "look for the platform's own message about this account and settle the matter there. You will be told when the channel works again.")),
            IntegrationEventKind.Recovered => (
                $"{Upper(channel)} works again",
                Text($"{Upper(channel)} works again. Its messages are answered.", happened, null)),
            IntegrationEventKind.ScopesReduced => (
                $"{Upper(channel)} lost permissions",
                Text($"{Upper(channel)} lost these permissions: {OneLine(string.Join(", ", happened.Scopes), 400)}. It still works, with less.", happened,
                    "connect the account again and leave all permissions selected.")),
            IntegrationEventKind.ExpiryWarning when happened.Cause == OwnerNoticeRules.ConsentEnds => (
                $"Renew your consent for {channel} within {Days(daysLeft)}",
                Text(
                    $"{Upper(channel)} works. The platform ends what the person who connected it consented to on {Time(happened.ExpiresAt ?? happened.OccurredAt)}, in {Days(daysLeft)}, because they have not used this app there for long. After that the connection may stop working, or may no longer be renewed.",
                    happened, "let the person who connected the account connect it again before then. Nothing else changes.")),
            IntegrationEventKind.ExpiryWarning => (
                $"Connect {channel} again within {Days(daysLeft)}",
                Text(
                    $"{Upper(channel)} stays connected until {Time(happened.ExpiresAt ?? happened.OccurredAt)}, in {Days(daysLeft)}. It cannot be renewed without you; after that its messages are not answered.",
                    happened, "connect the account again before then. Nothing else changes.")),
            _ => (
                $"{Upper(channel)} was connected elsewhere",
                Text($"{Upper(channel)} was connected to another chat, and so it was taken away from this one.", happened,
                    "if that was not intended, connect it here again, and check who may manage the account on the platform.")),
        };
    }

    /// <summary>One line without control characters, and not longer than it should be: an account's name is a stranger's text.</summary>
    public static string OneLine(string text, int longest)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= longest)
                return line.Append('…').ToString();
            line.Append(IsUnwanted(rune) ? " " : rune.ToString());
        }

        return line.ToString().Trim();
    }

    private static string Text(string what, IntegrationEvent happened, string? toDo)
    {
        var text = new StringBuilder(what).Append("\n\n");
        if (Why(happened.Error) is { } why)
            text.Append("Why: ").Append(why).Append('\n');
        text.Append("Since: ").Append(Time(happened.OccurredAt)).Append('\n');
        if (toDo is not null)
            text.Append("\nWhat to do: ").Append(toDo).Append('\n');
        return text.ToString();
    }

    private static string? Why(ProviderError? error) => error is null ? null
        : OneLine(error.SafeMessage ?? error.Kind switch
        {
            ProviderErrorKind.ReconnectRequired => "the platform no longer accepts the permission that was given to this channel",
            ProviderErrorKind.InsufficientScope => "a permission this channel needs was not given or was taken back",
            ProviderErrorKind.PolicyBlocked => "the platform says the account or its messages break its rules",
            _ => "the platform refuses what this channel asks for",
        }, 400) + $" ({OneLine(error.Code, 60)})";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Days(int? days) => days == 1 ? "1 day" : $"{days} days";

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static bool IsUnwanted(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
