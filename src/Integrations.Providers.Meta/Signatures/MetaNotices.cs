namespace Integrations.Providers.Meta;

/// <summary>Reads deauthorise and data-deletion notices: both are a form with a <c>signed_request</c>.</summary>
internal static class MetaNotices
{
    public static PlatformNoticeResult Read(PlatformNoticeRequest request, ReadOnlySpan<Secret> secrets)
    {
        var signed = SignedRequest.Read(request.Form.GetValueOrDefault("signed_request"), secrets);
        return signed.Status == SignedRequestStatus.Valid
            ? new PlatformNoticeResult { AuthorizedUserId = signed.UserId, IssuedAt = signed.IssuedAt }
            : new PlatformNoticeResult { Reason = Reason(signed.Status) };
    }

    private static string Reason(SignedRequestStatus status) => status switch
    {
        SignedRequestStatus.Missing => "signed_request_missing",
        SignedRequestStatus.Malformed => "signed_request_malformed",
        SignedRequestStatus.WrongAlgorithm => "algorithm_not_supported",
        _ => "signature_wrong",
    };
}
