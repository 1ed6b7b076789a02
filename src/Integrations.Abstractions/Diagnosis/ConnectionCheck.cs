namespace Integrations;

/// <summary>One thing looked at in a connection. Holds nothing secret and no text of the platform's. Immutable.</summary>
public sealed class ConnectionCheck
{
    /// <summary>What was looked at: a stable code for machines, one of <see cref="WellKnownChecks"/> or a provider's own.</summary>
    public required string Code { get; init; }

    /// <summary>What was looked at, for people.</summary>
    public required string Title { get; init; }

    /// <summary>What was found.</summary>
    public required CheckStatus Status { get; init; }

    /// <summary>What was seen: a sentence with names, times and codes.</summary>
    public required string Evidence { get; init; }

    /// <summary>What a person does about it. Null if there is nothing to do.</summary>
    public string? Fix { get; init; }

    /// <summary>The code and what was found, for logs and tests.</summary>
    public override string ToString() => $"{Code}: {Status}. {Evidence}";

    /// <summary>Nothing to do.</summary>
    public static ConnectionCheck Ok(string code, string title, string evidence) =>
        new() { Code = code, Title = title, Status = CheckStatus.Ok, Evidence = evidence };

    /// <summary>Something that will or may matter.</summary>
    public static ConnectionCheck Warning(string code, string title, string evidence, string fix) =>
        new() { Code = code, Title = title, Status = CheckStatus.Warning, Evidence = evidence, Fix = fix };

    /// <summary>Something that does not work.</summary>
    public static ConnectionCheck Failed(string code, string title, string evidence, string fix) =>
        new() { Code = code, Title = title, Status = CheckStatus.Failed, Evidence = evidence, Fix = fix };

    /// <summary>Not looked at.</summary>
    /// <param name="code">See <see cref="Code"/>.</param>
    /// <param name="title">See <see cref="Title"/>.</param>
    /// <param name="why">Why not.</param>
    /// <param name="fix">How a person can find out. Null if there is no need.</param>
    public static ConnectionCheck Skipped(string code, string title, string why, string? fix = null) =>
        new() { Code = code, Title = title, Status = CheckStatus.Skipped, Evidence = why, Fix = fix };

    /// <summary>
    /// What a refused call says: <see cref="CheckStatus.Failed"/> if the platform's answer condemns the connection or our set-up, and
    /// <see cref="CheckStatus.Warning"/> if nothing was learnt.
    /// </summary>
    public static ConnectionCheck Refused(string code, string title, ProviderError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Kind switch
        {
            ProviderErrorKind.ReconnectRequired or ProviderErrorKind.InsufficientScope or ProviderErrorKind.AccessDenied =>
                Failed(code, title, Told(error), "Connect the account again, as a person who may manage it, and grant everything that is asked for."),
            ProviderErrorKind.PolicyBlocked =>
                Failed(code, title, Told(error), "Look for a notice of the platform's about this account, and follow it."),
            ProviderErrorKind.Configuration =>
                Failed(code, title, Told(error), "Compare this host's settings for the platform (app id, secret, addresses) with the platform's dashboard."),
            ProviderErrorKind.RateLimited =>
                Warning(code, title, Told(error), error.RetryAfter is { } wait ? $"Diagnose again in {Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes))} minutes." : "Diagnose again later."),
            _ => Warning(code, title, Told(error), "The platform could not be asked, which says nothing about the connection. Diagnose again in a few minutes."),
        };
    }

    // A person reads it: what kind of error it is, the status and the fix say.
    private static string Told(ProviderError error) => error.SafeMessage is null ? error.ToString() : $"{error.SafeMessage} ({error.Code})";
}
