using Xunit;

namespace Integrations.Testing;

/// <summary>What every <see cref="IDeletionStore"/> must do.</summary>
/// <param name="fixture">The stores.</param>
public abstract class DeletionStoreConformance<TFixture>(TFixture fixture) : StoreConformance<TFixture>(fixture)
    where TFixture : StoreFixture
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static DataDeletion Request(string? requestHash = null, DateTime? at = null) => new()
    {
        DeletionId = Guid.CreateVersion7(),
        ConfirmationCode = Guid.CreateVersion7().ToString("N"),
        RequestHash = requestHash ?? Guid.CreateVersion7().ToString("N"),
        SubjectHash = new string('a', 64),
        Type = IntegrationType.Facebook,
        RequestedAt = at ?? Noon,
        Targets = "one two",
    };

    [Fact]
    public async Task An_accepted_request_reads_back_as_it_was_written()
    {
        var request = Request();
        var kept = await Stores.Deletions.AcceptAsync(request, Ct);
        Assert.Equal(request.ConfirmationCode, kept.ConfirmationCode);
        Assert.Equivalent(request, await Fixture.OtherHost.Deletions.FindAsync(request.ConfirmationCode, Ct), strict: true);
        Assert.Null(await Stores.Deletions.FindAsync("unknown", Ct));
    }

    [Fact]
    public async Task The_same_request_again_gives_the_one_that_is_kept()
    {
        var first = await Stores.Deletions.AcceptAsync(Request(), Ct);
        var again = await Fixture.OtherHost.Deletions.AcceptAsync(Request(first.RequestHash), Ct);
        Assert.Equal((first.DeletionId, first.ConfirmationCode), (again.DeletionId, again.ConfirmationCode));

        var hash = Guid.CreateVersion7().ToString("N");
        var (one, two) = await RaceAsync(() => Stores.Deletions.AcceptAsync(Request(hash), Ct), () => Fixture.OtherHost.Deletions.AcceptAsync(Request(hash), Ct));
        Assert.Equal(one.ConfirmationCode, two.ConfirmationCode);
    }

    [Fact]
    public async Task Work_is_leased_reported_and_taken_over_when_its_worker_dies()
    {
        await FinishAllAsync();
        var request = await Stores.Deletions.AcceptAsync(Request(), Ct);

        var leased = await Stores.Deletions.LeaseAsync("a", Noon, TimeSpan.FromMilliseconds(300), Ct);
        Assert.Equal((request.DeletionId, Noon), (leased!.DeletionId, leased.StartedAt));
        Assert.Null(await Fixture.OtherHost.Deletions.LeaseAsync("b", Noon, Lease, Ct));
        Assert.True(await Stores.Deletions.ReportAsync(
            request.DeletionId, "a", new DeletionProgress { Targets = "two", Integrations = 1, Contacts = 3, Messages = 7, Lease = TimeSpan.FromMilliseconds(300) }, Ct));
        await Fixture.PassAsync(TimeSpan.FromMilliseconds(600), Ct);

        var taken = await Fixture.OtherHost.Deletions.LeaseAsync("b", Noon.AddHours(1), Lease, Ct);
        Assert.Equal(("two", Noon, 1, 3L, 7L), (taken!.Targets, taken.StartedAt, taken.Integrations, taken.Contacts, taken.Messages));
        Assert.False(await Stores.Deletions.ReportAsync(request.DeletionId, "a", new DeletionProgress { Targets = "", Lease = Lease }, Ct));
        Assert.True(await Fixture.OtherHost.Deletions.ReportAsync(
            request.DeletionId, "b", new DeletionProgress { Targets = "", Integrations = 1, CompletedAt = Noon.AddHours(2), Lease = Lease }, Ct));

        Assert.Null(await Stores.Deletions.LeaseAsync("b", Noon, Lease, Ct));
        var done = await Stores.Deletions.FindAsync(request.ConfirmationCode, Ct);
        Assert.Equal((2, Noon.AddHours(2), string.Empty), (done!.Integrations, done.CompletedAt, done.Targets));
    }

    [Fact]
    public async Task Lists_newest_first_and_forgets_what_is_done_and_old()
    {
        var (old, open) = (await Stores.Deletions.AcceptAsync(Request(at: Noon.AddYears(-9)), Ct), await Stores.Deletions.AcceptAsync(Request(), Ct));
        while (await Stores.Deletions.LeaseAsync("c", Noon, Lease, Ct) is { } leased && leased.DeletionId != old.DeletionId)
            await FinishAsync(leased, "c", Noon);
        await FinishAsync(old, "c", Noon.AddYears(-9));

        var listed = await Stores.Deletions.ListAsync(null, 500, Ct);
        Assert.Equal(listed.Select(d => d.DeletionId).OrderDescending(), listed.Select(d => d.DeletionId));
        Assert.DoesNotContain(await Stores.Deletions.ListAsync(open.DeletionId, 500, Ct), d => d.DeletionId == open.DeletionId);
        Assert.Equal(1, await Stores.Deletions.PurgeAsync(Noon.AddYears(-8), Ct));
        Assert.Null(await Stores.Deletions.FindAsync(old.ConfirmationCode, Ct));
        Assert.NotNull(await Stores.Deletions.FindAsync(open.ConfirmationCode, Ct));
    }

    private async Task FinishAllAsync()
    {
        while (await Stores.Deletions.LeaseAsync("c", Noon, Lease, Ct) is { } leased)
            await FinishAsync(leased, "c", Noon);
    }

    private async Task FinishAsync(DataDeletion deletion, string owner, DateTime at) => await Stores.Deletions.ReportAsync(
        deletion.DeletionId, owner, new DeletionProgress { Targets = "", CompletedAt = at, Lease = Lease }, Ct);
}
