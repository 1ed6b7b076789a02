using System.Text;
using static Integrations.ProviderErrorKind;

namespace Integrations.Providers.Meta.Tests;

public sealed class GraphErrorClassifierTests
{
    // Read off https://developers.facebook.com/docs/graph-api/guides/error-handling and the Send API's and Instagram's error pages.
    [Theory]
    [InlineData(1, 0, Transient)]
    [InlineData(1, 99, Unknown)]
    [InlineData(1, 1357046, OutcomeUnknown)]
    [InlineData(2, 0, Transient)]
    [InlineData(2, 1545133, Transient)]
    [InlineData(2, 2018344, Configuration)]
    [InlineData(3, 0, Configuration)]
    [InlineData(4, 0, RateLimited)]
    [InlineData(4, 2018022, RateLimited)]
    [InlineData(4, 2018354, InvalidRequest)]
    [InlineData(9, 2018352, InvalidRequest)]
    [InlineData(10, 0, InsufficientScope)]
    [InlineData(10, 2018065, WindowClosed)]
    [InlineData(10, 2018278, WindowClosed)]
    [InlineData(10, 2534022, WindowClosed)]
    [InlineData(10, 2018108, RecipientUnavailable)]
    [InlineData(10, 1893063, PolicyBlocked)]
    [InlineData(17, 0, RateLimited)]
    [InlineData(32, 0, RateLimited)]
    [InlineData(100, 0, InvalidRequest)]
    [InlineData(100, 4711, InvalidRequest)]
    [InlineData(100, 33, InsufficientScope)]
    [InlineData(100, 2018001, RecipientUnavailable)]
    [InlineData(100, 2018109, InvalidRequest)]
    [InlineData(100, 2534014, RecipientUnavailable)]
    [InlineData(613, 2534013, RateLimited)]
    [InlineData(10, 2534001, RecipientUnavailable)]
    [InlineData(10, 2534025, InvalidRequest)]
    [InlineData(102, 0, ReconnectRequired)]
    [InlineData(190, 0, ReconnectRequired)]
    [InlineData(190, 458, ReconnectRequired)]
    [InlineData(190, 459, ReconnectRequired)]
    [InlineData(190, 460, ReconnectRequired)]
    [InlineData(190, 463, ReconnectRequired)]
    [InlineData(190, 464, ReconnectRequired)]
    [InlineData(190, 467, ReconnectRequired)]
    [InlineData(190, 492, ReconnectRequired)]
    [InlineData(200, 0, InsufficientScope)]
    [InlineData(210, 0, InsufficientScope)]
    [InlineData(299, 0, InsufficientScope)]
    [InlineData(200, 1545041, RecipientUnavailable)]
    [InlineData(200, 2018028, Configuration)]
    [InlineData(230, 0, RecipientUnavailable)]
    [InlineData(341, 0, RateLimited)]
    [InlineData(368, 0, PolicyBlocked)]
    [InlineData(506, 0, InvalidRequest)]
    [InlineData(551, 0, RecipientUnavailable)]
    [InlineData(551, 1545041, RecipientUnavailable)]
    [InlineData(613, 0, RateLimited)]
    [InlineData(1200, 0, Transient)]
    [InlineData(2022, 0, InvalidRequest)]
    [InlineData(2500, 0, Configuration)]
    [InlineData(9010, 0, RecipientUnavailable)]
    [InlineData(10303, 0, InvalidRequest)]
    [InlineData(10900, 0, InvalidRequest)]
    [InlineData(36000, 2207004, InvalidRequest)]
    [InlineData(80001, 0, RateLimited)]
    [InlineData(80002, 0, RateLimited)]
    [InlineData(80006, 0, RateLimited)]
    public void A_code_has_its_meaning(int code, int subcode, ProviderErrorKind expected)
    {
        var error = GraphErrorClassifier.Classify(new GraphError(code, subcode, false, null), status: 400);
        Assert.Equal(expected, error.Kind);
        Assert.Equal(subcode == 0 ? $"{code}" : $"{code}/{subcode}", error.Code);
        Assert.False(string.IsNullOrWhiteSpace(error.SafeMessage));
    }

    [Theory]
    [InlineData(1, 0, Configuration)]
    [InlineData(101, 0, Configuration)]
    [InlineData(100, 36009, InvalidRequest)]
    [InlineData(190, 460, ReconnectRequired)]
    public void On_the_token_endpoint_codes_1_and_101_are_our_own_fault(int code, int subcode, ProviderErrorKind expected) =>
        Assert.Equal(expected, GraphErrorClassifier.Classify(new GraphError(code, subcode, false, null), 400, GraphEndpoint.OAuth).Kind);

    [Fact]
    public void A_bad_token_is_our_own_fault_where_the_token_is_the_apps() =>
        Assert.Equal(Configuration, GraphErrorClassifier.Classify(new GraphError(190, 0, false, null), 400, GraphEndpoint.App).Kind);

    [Theory]
    [InlineData(551, 0, 429, false, RateLimited)] // HTTP 429 before everything
    [InlineData(100, 0, 400, true, Transient)] // is_transient before the table
    [InlineData(190, 0, 400, true, Transient)]
    [InlineData(4, 0, 400, true, RateLimited)] // Meta marks throttling as transient too
    [InlineData(1, 1357046, 500, true, OutcomeUnknown)]
    [InlineData(551, 0, 500, false, RecipientUnavailable)] // the table before HTTP 5xx
    [InlineData(4711, 0, 503, false, Transient)]
    [InlineData(4711, 0, 403, false, InvalidRequest)]
    [InlineData(0, 0, 500, false, Transient)]
    public void Status_and_mark_count_in_the_documented_order(int code, int subcode, int status, bool isTransient, ProviderErrorKind expected) =>
        Assert.Equal(expected, GraphErrorClassifier.Classify(new GraphError(code, subcode, isTransient, null), status).Kind);

    [Fact]
    public void No_code_stands_twice_in_the_table() =>
        Assert.Equal(GraphErrorTable.Rows.Count, GraphErrorTable.Rows.DistinctBy(row => (row.Code, row.Subcode)).Count());

    [Theory]
    [InlineData("""{"error":{"code":190,"error_subcode":460,"fbtrace_id":"A6LJylpZRKw2xKLFsAP-cJh"}}""", 190, 460, "A6LJylpZRKw2xKLFsAP-cJh")]
    [InlineData("""{"error":{"code":"190","error_subcode":"460"}}""", 190, 460, null)]
    [InlineData("""{"error":{"code":190,"subcode":458}}""", 190, 458, null)]
    [InlineData("""{"error":{"code":-1,"error_subcode":99999999999,"fbtrace_id":"has a token EAAB"}}""", 0, 0, null)]
    [InlineData("""{"error":"invalid_request"}""", 0, 0, null)]
    [InlineData("""{"error":[]}""", 0, 0, null)]
    public void The_error_object_is_read_leniently(string json, int code, int subcode, string? trace)
    {
        var error = GraphError.Find(GraphJson.TryParse(Encoding.UTF8.GetBytes(json))!.Value)!.Value;
        Assert.Equal((code, subcode, trace), (error.Code, error.Subcode, error.TraceId));
    }

    [Fact]
    public void A_call_refused_before_it_was_read_is_not_blamed_on_the_message()
    {
        const string json = """{"error":{"message":"Invalid appsecret_proof provided in the API argument","type":"GraphMethodException","code":100}}""";
        var error = GraphError.Find(GraphJson.TryParse(Encoding.UTF8.GetBytes(json))!.Value)!.Value;
        Assert.Equal(Configuration, GraphErrorClassifier.Classify(error, 400).Kind);
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("true")]
    [InlineData("[]")]
    public void An_answer_without_error_is_none(string json) =>
        Assert.Null(GraphError.Find(GraphJson.TryParse(Encoding.UTF8.GetBytes(json))!.Value));
}
