using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Checks the settings by themselves; each message names its setting.</summary>
internal sealed class IntegrationsOptionsValidator : IValidateOptions<IntegrationsOptions>
{
    public ValidateOptionsResult Validate(string? name, IntegrationsOptions options)
    {
        var failures = new List<string>();
        CheckAddress(options, failures);
        Positive(options.AuthorizationLifetime, nameof(options.AuthorizationLifetime), failures);
        Positive(options.RefreshLease, nameof(options.RefreshLease), failures);
        Positive(options.LaneLease, nameof(options.LaneLease), failures);
        Positive(options.EchoTimeout, nameof(options.EchoTimeout), failures);
        Positive(options.MessageDedupeWindow, nameof(options.MessageDedupeWindow), failures);
        if (options.MessageRetention is { } retention)
            Positive(retention, nameof(options.MessageRetention), failures);
        if (options.OwnerNoticeQuietTime < TimeSpan.Zero)
            failures.Add($"Integrations:OwnerNoticeQuietTime is {options.OwnerNoticeQuietTime}. It must not be negative; zero tells everything.");
        if (options.DiagnosisReuse < TimeSpan.Zero)
            failures.Add($"Integrations:DiagnosisReuse is {options.DiagnosisReuse}. It must not be negative; zero asks the platform each time.");
        if (options.OwnerPageUri is { } page && !IsWebAddress(page))
            failures.Add($"Integrations:OwnerPageUri is '{page}'. Use an absolute https address; http is allowed for a loopback address only.");
        if (options.SubscriptionCheckInterval is { } interval)
            Positive(interval, nameof(options.SubscriptionCheckInterval), failures);
        AtLeastOne(options.MaxSubscriptionChecksPerMinute, nameof(options.MaxSubscriptionChecksPerMinute), failures);
        AtLeastOne(options.MaxPendingAuthorizations, nameof(options.MaxPendingAuthorizations), failures);
        AtLeastOne(options.MaxParallelRefreshes, nameof(options.MaxParallelRefreshes), failures);
        AtLeastOne(options.MaxParallelLanes, nameof(options.MaxParallelLanes), failures);
        AtLeastOne(options.MaxAttempts, nameof(options.MaxAttempts), failures);
        if (!Enum.IsDefined(options.AccountClaimPolicy))
            failures.Add($"Integrations:AccountClaimPolicy is {(int)options.AccountClaimPolicy}. Use Reject or Transfer.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckAddress(IntegrationsOptions options, List<string> failures)
    {
        if (options.PublicBaseUri is { } uri)
        {
            if (!IsWebAddress(uri))
                failures.Add($"Integrations:PublicBaseUri is '{uri}'. Use an absolute https address; http is allowed for a loopback address only.");
            else if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
                failures.Add("Integrations:PublicBaseUri has a query, a fragment or user information. Give the bare address.");
        }

        var prefix = options.PathPrefix;
        if (prefix is null || prefix.Length < 2 || prefix[0] != '/' || prefix[^1] == '/' || prefix.Contains("//", StringComparison.Ordinal)
            || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '~'))
            failures.Add($"Integrations:PathPrefix is '{prefix}'. Use a path such as '/integrations': a leading slash, no trailing one, plain characters.");
    }

    private static bool IsWebAddress(Uri uri) =>
        uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static void Positive(TimeSpan value, string setting, List<string> failures)
    {
        if (value <= TimeSpan.Zero)
            failures.Add($"Integrations:{setting} is {value}. It must be longer than zero.");
    }

    private static void AtLeastOne(int value, string setting, List<string> failures)
    {
        if (value < 1)
            failures.Add($"Integrations:{setting} is {value}. It must be at least 1.");
    }
}
