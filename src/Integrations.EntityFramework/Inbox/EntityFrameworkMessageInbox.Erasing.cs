using Integrations.EntityFramework.Inbox;
using Integrations.EntityFramework.Sessions;

namespace Integrations.EntityFramework;

/// <content>Erasure.</content>
internal sealed partial class EntityFrameworkMessageInbox
{
    public Task<int> EraseAsync(MessageErasure erasure, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        ArgumentOutOfRangeException.ThrowIfLessThan(erasure.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(erasure.Limit, 500);
        return database.TransactAsync(async (db, token) => Decision.Commit(await Erasures.WriteAsync(db, erasure, token)), ct);
    }
}
