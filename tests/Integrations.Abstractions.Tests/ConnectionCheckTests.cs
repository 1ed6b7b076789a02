namespace Integrations.Abstractions.Tests;

public sealed class ConnectionCheckTests
{
    [Theory]
    [InlineData("The person removed the app.", "The person removed the app. (190/458)")]
    [InlineData(null, "ReconnectRequired: 190/458")]
    public void A_refused_call_is_told_in_the_words_meant_for_people_where_there_are_any(string? message, string evidence)
    {
        var error = new ProviderError { Kind = ProviderErrorKind.ReconnectRequired, Code = "190/458", SafeMessage = message };

        var check = ConnectionCheck.Refused(WellKnownChecks.Token, "Token", error);

        Assert.Equal((CheckStatus.Failed, evidence), (check.Status, check.Evidence));
    }
}
