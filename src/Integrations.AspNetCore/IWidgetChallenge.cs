namespace Integrations.AspNetCore;

/// <summary>
/// A test that a new visitor must pass, such as a captcha or proof of work. Optional: register it as a singleton. The page's own
/// script answers it, through the widget's challenge handler.
/// </summary>
public interface IWidgetChallenge
{
    /// <summary>Checks an answer before a new visitor gets a session. Must be thread-safe.</summary>
    Task<WidgetChallengeResult> VerifyAsync(WidgetChallengeRequest request, CancellationToken ct = default);
}
