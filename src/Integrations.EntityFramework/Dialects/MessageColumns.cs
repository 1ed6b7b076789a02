using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Dialects;

/// <summary>The columns of the tables of messages in the host's own names, as the batch inserts use them.</summary>
internal sealed class MessageColumns(DbContext db)
{
    public string Messages { get; } = db.TableOf<MessageRow>();

    public string Lanes { get; } = db.TableOf<LaneRow>();

    public string Integrations { get; } = db.TableOf<IntegrationRecord>();

    /// <summary>In the order of the values of both dialects.</summary>
    public string Inserted { get; } = db.ColumnsOf<MessageRow>(
        nameof(MessageRow.MessageId), nameof(MessageRow.IntegrationId), nameof(MessageRow.ClientId), nameof(MessageRow.Direction), nameof(MessageRow.Lane),
        nameof(MessageRow.DedupeKey), nameof(MessageRow.ContactId), nameof(MessageRow.Kind), nameof(MessageRow.Payload), nameof(MessageRow.State),
        nameof(MessageRow.Attempts), nameof(MessageRow.ReceivedAt), nameof(MessageRow.TraceParent));

    public string MessageId { get; } = db.ColumnsOf<MessageRow>(nameof(MessageRow.MessageId));

    public string MessageIntegration { get; } = db.ColumnsOf<MessageRow>(nameof(MessageRow.IntegrationId));

    public string MessageLane { get; } = db.ColumnsOf<MessageRow>(nameof(MessageRow.Lane));

    public string IntegrationId { get; } = db.ColumnsOf<IntegrationRecord>(nameof(IntegrationRecord.IntegrationId));

    public string ClientId { get; } = db.ColumnsOf<IntegrationRecord>(nameof(IntegrationRecord.ClientId));

    public string Lane { get; } = db.ColumnsOf<LaneRow>(nameof(LaneRow.Lane));

    public string DueAt { get; } = db.ColumnsOf<LaneRow>(nameof(LaneRow.DueAt));

    /// <summary>Lane, integration, due time, token.</summary>
    public string InsertedLane { get; } = db.ColumnsOf<LaneRow>(
        nameof(LaneRow.Lane), nameof(LaneRow.IntegrationId), nameof(LaneRow.DueAt), nameof(LaneRow.Token));
}
