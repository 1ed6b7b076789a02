namespace Integrations.Tests;

public sealed class ResultTests
{
    private static readonly ProviderError Error = new() { Kind = ProviderErrorKind.ReconnectRequired, Code = "190/460", SafeMessage = "The password was changed. Connect the Page again." };

    [Fact]
    public void Last_error_reads_kind_then_safe_text_then_code() =>
        Assert.Equal("ReconnectRequired: The password was changed. Connect the Page again. (190/460)", Error.ToString());

    [Fact]
    public void Without_a_text_the_code_stands_alone() =>
        Assert.Equal("Transient: 2", new ProviderError { Kind = ProviderErrorKind.Transient, Code = "2" }.ToString());

    [Fact]
    public void A_result_is_a_success_or_has_an_error()
    {
        Assert.True(ProviderResult.Success.Succeeded);
        Assert.False(ProviderResult.Failed(Error).Succeeded);
        Assert.True(TokenResult.Success(new TokenSet { AccessToken = new Secret("t") }).Succeeded);
        Assert.Same(Error, TokenResult.Failed(Error).Error);
        Assert.True(SendResult.Sent("mid").Succeeded);
        Assert.False(SendResult.Failed(Error).Succeeded);
        Assert.False(AccountListResult.Failed(Error).Succeeded);
        Assert.False(new ProbeResult { Error = Error }.Works);
    }

    [Fact]
    public void A_notice_without_a_person_or_with_a_reason_is_not_verified()
    {
        Assert.False(new PlatformNoticeResult { Reason = "signature_wrong" }.IsVerified);
        Assert.False(new PlatformNoticeResult { AuthorizedUserId = "1", Reason = "signature_wrong" }.IsVerified);
        Assert.True(new PlatformNoticeResult { AuthorizedUserId = "1" }.IsVerified);
    }

    [Fact]
    public void Event_kinds_are_an_open_vocabulary()
    {
        Assert.Equal(InboundEventKind.Unknown, default);
        Assert.Equal(InboundEventKind.Message, new InboundEventKind("message"));
        Assert.NotEqual(InboundEventKind.Message, new InboundEventKind("sticker_pack"));
        Assert.Throws<ArgumentException>(() => new InboundEventKind(""));
    }
}
