namespace Integrations.Providers.Meta;

/// <summary>Reads deauthorise and data-deletion notices: both are a form with a <c>signed_request</c>, sent to one address per app.</summary>
internal static class MetaNotices
{
    public static PlatformNoticeResult Read(PlatformNoticeRequest request, IReadOnlyList<MetaChannel> channels)
    {
        var text = request.Form.GetValueOrDefault("signed_request");
        var signed = SignedRequest.Read(text, [.. channels.SelectMany(channel => channel.Options.SignatureSecrets())]);
        return signed.Status == SignedRequestStatus.Valid
            ? new PlatformNoticeResult { AuthorizedUserId = signed.UserId, IssuedAt = signed.IssuedAt, Types = Signed(text, channels) }
            : new PlatformNoticeResult { Reason = Reason(signed.Status) };
    }

    // The person removed the app: that ends what they connected through it on every channel of the app.
    private static IReadOnlyList<IntegrationType> Signed(string? text, IReadOnlyList<MetaChannel> channels) =>
        [.. channels.Where(channel => SignedRequest.Read(text, channel.Options.SignatureSecrets()).Status == SignedRequestStatus.Valid).Select(channel => channel.Type)];

    private static string Reason(SignedRequestStatus status) => status switch
    {
        SignedRequestStatus.Missing => "signed_request_missing",
        SignedRequestStatus.Malformed => "signed_request_malformed",
        SignedRequestStatus.WrongAlgorithm => "algorithm_not_supported",
        _ => "signature_wrong",
    };
}
