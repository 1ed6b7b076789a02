using System.Net;
using System.Text.Json;

namespace Integrations.Tests;

/// <summary>One table for all calls; they differ in what a lost answer means.</summary>
public sealed class ProviderFaultsTests
{
    private const string Remote = "what the platform said";

    public static TheoryData<Exception, ProviderErrorKind?, string> Faults => new()
    {
        { new OperationCanceledException(Remote), null, "timeout" },
        { new TaskCanceledException(Remote), null, "timeout" },
        { new TimeoutException(Remote), null, "timeout" },
        { new HttpRequestException(HttpRequestError.ResponseEnded, Remote), null, "connection_lost" },
        { new HttpRequestException(Remote), null, "connection_lost" },
        { new IOException(Remote), null, "connection_lost" },
        { new HttpRequestException(HttpRequestError.NameResolutionError, Remote), ProviderErrorKind.Transient, "unreachable" },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, Remote), ProviderErrorKind.Transient, "unreachable" },
        { new HttpRequestException(Remote, null, HttpStatusCode.TooManyRequests), ProviderErrorKind.RateLimited, "http_429" },
        { new HttpRequestException(Remote, null, HttpStatusCode.BadGateway), ProviderErrorKind.Transient, "http_502" },
        { new HttpRequestException(Remote, null, HttpStatusCode.BadRequest), ProviderErrorKind.Unknown, "http_400" },
        { new JsonException(Remote), ProviderErrorKind.Unknown, "unreadable_answer" },
        { new InvalidOperationException(Remote), ProviderErrorKind.Unknown, "exception" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_has_its_kind_and_code_and_only_a_lost_answer_depends_on_the_call(Exception exception, ProviderErrorKind? kind, string code)
    {
        foreach (var lost in (ProviderErrorKind[])[ProviderErrorKind.Transient, ProviderErrorKind.OutcomeUnknown])
        {
            var error = ProviderFaults.OfCall(exception, lost);
            Assert.Equal((kind ?? lost, code), (error.Kind, error.Code));
            Assert.DoesNotContain(Remote, error.ToString(), StringComparison.Ordinal);
            if (kind is null)
                Assert.Contains(code, ProviderFaults.LostAnswerCodes);
        }
    }
}
