using System.Text.RegularExpressions;

namespace Integrations.ConventionTests;

/// <summary>What must not be in the source at all.</summary>
public sealed partial class SecurityShapeTests
{
    // The simulator plays the platform, and has to know what clients send.
    private static readonly IReadOnlyList<string> Shipped =
        [.. Repository.SourceFiles("src").Concat(Repository.SourceFiles("samples")).Where(f => !f.Contains("/Integrations.Testing/", StringComparison.Ordinal))];

    [Fact]
    public void Nothing_decides_by_itself_which_certificate_is_good() =>
        Assert.All(Shipped, file => Assert.DoesNotMatch(Certificates(), File.ReadAllText(file)));

    [Fact]
    public void There_is_no_password_grant_no_implicit_grant_and_no_grant_for_the_app_itself()
    {
        var grants = Shipped.SelectMany(f => Grant().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.NotEmpty(grants);
        Assert.Subset(new HashSet<string> { "authorization_code", "refresh_token", "fb_exchange_token", "ig_exchange_token", "ig_refresh_token" }, grants);
        var responses = Shipped.SelectMany(f => ResponseType().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.NotEmpty(responses);
        Assert.Subset(new HashSet<string> { "code" }, responses);
    }

    [Fact]
    public void No_page_or_script_posts_a_message_to_whatever_origin()
    {
        var scripts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".ts", StringComparison.Ordinal) || f.EndsWith(".js", StringComparison.Ordinal) || f.EndsWith(".html", StringComparison.Ordinal))
            .Where(f => !f.Contains("/node_modules/", StringComparison.Ordinal));
        Assert.All(Shipped.Concat(scripts), file => Assert.DoesNotMatch(PostToAnyone(), File.ReadAllText(file)));
    }

    /// <summary>A token goes where its platform is: no client follows a redirect elsewhere, and none logs addresses, which may hold tokens.</summary>
    [Fact]
    public void Every_http_client_of_a_provider_is_made_where_redirects_and_address_logs_are_off()
    {
        var makers = Shipped.Where(f => f.Contains("/src/Integrations.Providers.", StringComparison.Ordinal) && MakesClient().IsMatch(File.ReadAllText(f))).ToList();
        var maker = File.ReadAllText(Assert.Single(makers));
        Assert.Contains("AllowAutoRedirect = false", maker, StringComparison.Ordinal);
        Assert.Contains("RemoveAllLoggers()", maker, StringComparison.Ordinal);
    }

    [GeneratedRegex("ServerCertificateCustomValidationCallback|RemoteCertificateValidationCallback|ServerCertificateValidationCallback|DangerousAcceptAnyServerCertificate|TrustServerCertificate|CheckCertificateRevocation = false")]
    private static partial Regex Certificates();

    [GeneratedRegex(@"""grant_type"",\s*""(\w+)""|grant_type=(\w+)")]
    private static partial Regex Grant();

    [GeneratedRegex(@"(?:""response_type"",\s*""|response_type=)(\w+)")]
    private static partial Regex ResponseType();

    [GeneratedRegex(@"postMessage\([^;]*,\s*['""`]\*['""`]")]
    private static partial Regex PostToAnyone();

    [GeneratedRegex(@"new SocketsHttpHandler|new HttpClientHandler|new HttpClient\(|\.AddHttpClient\(clientName")]
    private static partial Regex MakesClient();
}
