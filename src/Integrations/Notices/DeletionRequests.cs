using System.Security.Cryptography;
using System.Text;

namespace Integrations;

/// <summary>Makes and reads deletion requests. The person's id is hashed before it is kept.</summary>
internal static class DeletionRequests
{
    /// <summary>Makes one.</summary>
    /// <param name="type">The platform whose address the notice came to.</param>
    /// <param name="notice">The verified notice.</param>
    /// <param name="form">What it came as.</param>
    /// <param name="targets">The integrations concerned.</param>
    /// <param name="now">When.</param>
    public static DataDeletion New(
        IntegrationType type, PlatformNoticeResult notice, IReadOnlyDictionary<string, string> form, IEnumerable<IntegrationKey> targets, DateTimeOffset now) => new()
    {
        DeletionId = Guid.CreateVersion7(now),
        ConfirmationCode = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        RequestHash = RequestHash(type, notice, form),
        SubjectHash = Hash($"{type}:{notice.AuthorizedUserId}"),
        Type = type,
        RequestedAt = now.UtcDateTime,
        Targets = Write(targets),
    };

    public static string Write(IEnumerable<IntegrationKey> targets) => string.Join(' ', targets.Select(t => $"{t.ClientId:N}/{t.IntegrationId:N}"));

    public static List<IntegrationKey> Read(string targets) =>
    [
        .. targets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => t.Split('/'))
            .Select(t => new IntegrationKey(Guid.ParseExact(t[0], "N"), Guid.ParseExact(t[1], "N"))),
    ];

    public static DeletionStatus Show(DataDeletion deletion) => new()
    {
        Id = deletion.DeletionId,
        ConfirmationCode = deletion.ConfirmationCode,
        Type = deletion.Type,
        SubjectHash = deletion.SubjectHash,
        State = deletion.CompletedAt is not null ? DeletionState.Done : deletion.StartedAt is not null ? DeletionState.InProgress : DeletionState.Received,
        RequestedAt = Utc(deletion.RequestedAt),
        CompletedAt = deletion.CompletedAt is { } completed ? Utc(completed) : null,
        Integrations = deletion.Integrations,
        Contacts = deletion.Contacts,
        Messages = deletion.Messages,
    };

    /// <summary>
    /// The platform's own time of issue tells a repeat from a new request of the same person; without one, the same form is the same
    /// request.
    /// </summary>
    private static string RequestHash(IntegrationType type, PlatformNoticeResult notice, IReadOnlyDictionary<string, string> form) => Hash(
        notice.IssuedAt is { } issued
            ? $"{type}:{notice.AuthorizedUserId}:{issued.ToUnixTimeMilliseconds()}"
            : $"{type}:{notice.AuthorizedUserId}:" + string.Join('&', form.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}")));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
