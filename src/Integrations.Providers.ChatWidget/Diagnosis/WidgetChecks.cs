namespace Integrations.Providers.ChatWidget;

/// <summary>
/// What a widget's stored settings tell. Whether its script arrives, and whether visitors write, the runtime looks at; what a website
/// does to it (its content security policy, where it put the snippet) is not known here.
/// </summary>
internal static class WidgetChecks
{
    private const int MaxListed = 5;
    private const string SettingsTitle = "Settings";
    private const string OriginsTitle = "Websites that may show it";
    private const string IdentityTitle = "Who visitors are";

    public static IReadOnlyList<ConnectionCheck> Run(ConnectionContext widget)
    {
        var settings = ChatWidgetSettings.Read(widget.Details);
        return [Settings(widget), Origins(settings.AllowedOrigins), Identity(settings)];
    }

    /// <summary>A form is checked before it is stored; a database edited by hand, or an older version's row, is not.</summary>
    private static ConnectionCheck Settings(ConnectionContext widget)
    {
        var errors = ChatWidgetDetails.Validate(new DetailsValidationContext { Json = widget.Details.ToJsonString(), IsConnected = true }).Errors;
        return errors.Count == 0
            ? ConnectionCheck.Ok(WellKnownChecks.Settings, SettingsTitle, "All settings are valid.")
            : ConnectionCheck.Failed(
                WellKnownChecks.Settings, SettingsTitle, $"Not valid: {string.Join(" ", errors.Take(MaxListed).Select(e => e.Message))} The widget may look or work otherwise than meant.",
                "Open the settings, correct them, and deploy.");
    }

    private static ConnectionCheck Origins(IReadOnlyList<string> origins)
    {
        if (origins.Count == 0)
            return ConnectionCheck.Ok(WellKnownChecks.AllowedOrigins, OriginsTitle, "Any website may show it, since allowed_origins is empty. Listing your own keeps others from using it.");
        var listed = string.Join(", ", origins.Take(MaxListed)) + (origins.Count > MaxListed ? $" and {origins.Count - MaxListed} more" : string.Empty);
        if (origins.Any(origin => !WidgetOrigin.IsValid(origin)))
            return Warning($"Not every entry of allowed_origins is one that a browser sends: {listed}.", "Write origins as browsers do: https://shop.example, with neither path nor slash at the end.");
        if (origins.All(IsLocal))
            return Warning($"Only pages of this machine may show it: {listed}.", "Add your website, for example https://shop.example, before you embed the widget there.");
        return origins.Any(origin => origin.StartsWith("http://", StringComparison.Ordinal) && !IsLocal(origin))
            ? Warning($"Among the websites that may show it is one without https: {listed}. Whoever sits in between reads what visitors write there.", "Serve that website over https, and correct the entry.")
            : ConnectionCheck.Ok(WellKnownChecks.AllowedOrigins, OriginsTitle, $"Pages of {listed} may show it, and no other.");

        static ConnectionCheck Warning(string evidence, string fix) => ConnectionCheck.Warning(WellKnownChecks.AllowedOrigins, OriginsTitle, evidence, fix);
    }

    private static ConnectionCheck Identity(WidgetSettings settings)
    {
        if (settings.RequiresIdentity && settings.IdentitySecret.IsEmpty)
            return ConnectionCheck.Failed(
                WellKnownChecks.VisitorIdentity, IdentityTitle, "Only signed-in visitors may chat (require_identity), and there is no identity_secret to recognise them by: nobody can.",
                "Enter the secret your website signs its users with, or switch require_identity off.");
        return settings.IdentitySecret.IsEmpty
            ? ConnectionCheck.Skipped(WellKnownChecks.VisitorIdentity, IdentityTitle, "Visitors are anonymous: there is no identity_secret.")
            : ConnectionCheck.Ok(WellKnownChecks.VisitorIdentity, IdentityTitle, settings.RequiresIdentity
                ? "Only visitors your website has signed in may chat."
                : "Visitors your website has signed in are recognised; others may chat too.");
    }

    private static bool IsLocal(string origin) => Uri.TryCreate(origin.Replace("*.", string.Empty, StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.IsLoopback;
}
