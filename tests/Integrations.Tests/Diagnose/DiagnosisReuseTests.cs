namespace Integrations.Tests.Diagnose;

/// <summary>Whoever asks again and again does not use the account's rate budget up.</summary>
public sealed class DiagnosisReuseTests
{
    private static readonly TimeSpan Reuse = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Callers_at_the_same_time_share_one_look()
    {
        await using var clinic = await OpenAsync();
        var gate = new TaskCompletionSource();
        var looks = CountLooks(clinic, () => gate.Task);
        var calls = Enumerable.Range(0, 20).Select(_ => clinic.DiagnoseAsync()).ToList();
        gate.SetResult();
        var answers = await Task.WhenAll(calls);
        Assert.Equal((1, 1), (looks(), clinic.Http.Calls.Count));
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task An_answer_is_given_again_until_its_time_is_over_and_says_when_it_was_found()
    {
        await using var clinic = await OpenAsync();
        var looks = CountLooks(clinic);
        var first = await clinic.DiagnoseAsync();
        clinic.Host.Time.Advance(Reuse - TimeSpan.FromSeconds(1));
        Assert.Equal(first.At, (await clinic.DiagnoseAsync()).At);
        Assert.Equal((1, 1), (looks(), clinic.Http.Calls.Count));

        clinic.Host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first.At + Reuse, (await clinic.DiagnoseAsync()).At);
        Assert.Equal((2, 2), (looks(), clinic.Http.Calls.Count));
    }

    [Fact]
    public async Task What_was_repaired_is_seen_at_once()
    {
        await using var clinic = await OpenAsync();
        var looks = CountLooks(clinic);
        await clinic.DiagnoseAsync();
        await clinic.Host.Get<IIntegrationDeployer>().PauseAsync(Host.Key, Host.Ct);
        Assert.Contains("not live", (await clinic.CheckAsync(WellKnownChecks.State)).Evidence, StringComparison.Ordinal);
        await clinic.Host.ConnectAsync(Host.Key, "page-1", TimeSpan.FromHours(1));
        await clinic.DiagnoseAsync();
        Assert.Equal(3, looks());
    }

    [Fact]
    public async Task A_change_during_a_look_is_not_answered_with_it()
    {
        await using var clinic = await OpenAsync();
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var looks = CountLooks(clinic, () => { begun.TrySetResult(); return gate.Task; });
        var before = clinic.DiagnoseAsync();
        await begun.Task;
        await clinic.Host.Get<IIntegrationDeployer>().PauseAsync(Host.Key, Host.Ct);
        var after = clinic.DiagnoseAsync();
        gate.SetResult();
        Assert.DoesNotContain("not live", (await before).Find(WellKnownChecks.State)!.Evidence, StringComparison.Ordinal);
        Assert.Contains("not live", (await after).Find(WellKnownChecks.State)!.Evidence, StringComparison.Ordinal);
        Assert.Contains("not live", (await clinic.CheckAsync(WellKnownChecks.State)).Evidence, StringComparison.Ordinal);
        Assert.Equal(2, looks());
    }

    [Fact]
    public async Task Another_client_gets_nothing_of_it()
    {
        await using var clinic = await OpenAsync();
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        CountLooks(clinic, () => { begun.TrySetResult(); return gate.Task; });
        var own = clinic.DiagnoseAsync();
        await begun.Task;
        var doctor = clinic.Host.Get<IConnectionDoctor>();
        var foreign = new IntegrationKey(Guid.CreateVersion7(), Host.Key.IntegrationId);
        Assert.Null(await doctor.DiagnoseAsync(foreign, Host.Ct)); // while it is looked at
        gate.SetResult();
        await own;
        Assert.Null(await doctor.DiagnoseAsync(foreign, Host.Ct)); // and while the answer is kept
    }

    [Fact]
    public async Task Integrations_do_not_share_an_answer()
    {
        await using var clinic = await OpenAsync();
        var looks = CountLooks(clinic);
        var other = new IntegrationKey(Host.Key.ClientId, Guid.CreateVersion7());
        await clinic.Host.ConnectAsync(other, "page-2", TimeSpan.FromHours(1), chat: Guid.CreateVersion7());
        await clinic.DiagnoseAsync();
        Assert.Equal(other, (await clinic.Host.Get<IConnectionDoctor>().DiagnoseAsync(other, Host.Ct))!.Key);
        Assert.Equal(2, looks());
    }

    [Fact]
    public async Task Who_gives_up_waiting_ends_it_for_nobody_else()
    {
        await using var clinic = await OpenAsync();
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var looks = CountLooks(clinic, () => { begun.TrySetResult(); return gate.Task; });
        using var gone = new CancellationTokenSource();
        var first = clinic.Host.Get<IConnectionDoctor>().DiagnoseAsync(Host.Key, gone.Token);
        await begun.Task;
        var second = clinic.DiagnoseAsync();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.NotNull(await second);
        Assert.Equal(1, looks());
    }

    [Fact]
    public async Task Zero_asks_each_time()
    {
        await using var clinic = await OpenAsync(TimeSpan.Zero);
        var looks = CountLooks(clinic);
        await clinic.DiagnoseAsync();
        await clinic.DiagnoseAsync();
        Assert.Equal(2, looks());
    }

    [Fact]
    public void However_many_are_asked_about_only_so_many_are_kept()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var recent = new RecentDiagnoses(Reuse, time);
        var all = Enumerable.Range(0, RecentDiagnoses.Most + 10).Select(_ => Diagnosis()).ToList();
        foreach (var one in all)
            recent.Keep(one.Seen, one.Diagnosis);
        Assert.Equal(RecentDiagnoses.Most, all.Count(one => recent.Find(one.Seen) is not null));
        Assert.Same(all[^1].Diagnosis, recent.Find(all[^1].Seen));

        // One that is asked for over and over does not push the others out for good, nor fall out itself.
        for (var i = 0; i < RecentDiagnoses.Most; i++)
            recent.Keep(all[^1].Seen, all[^1].Diagnosis);
        Assert.Same(all[^1].Diagnosis, recent.Find(all[^1].Seen));

        static (Seen Seen, ConnectionDiagnosis Diagnosis) Diagnosis()
        {
            var key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7());
            return (new Seen(key, 1, 1, true, ConnectionState.Connected, default), new ConnectionDiagnosis { Key = key, Type = Acme.Type, At = default, Checks = [] });
        }
    }

    private static async Task<Clinic> OpenAsync(TimeSpan? reuse = null) => (await Clinic.OpenAsync(configure: o => o.DiagnosisReuse = reuse ?? Reuse)).Reachable();

    /// <summary>The platform answers when the gate opens; gives how often it was asked.</summary>
    private static Func<int> CountLooks(Clinic clinic, Func<Task>? gate = null)
    {
        var looks = 0;
        clinic.Acme.OnCheck = async _ =>
        {
            Interlocked.Increment(ref looks);
            if (gate is not null)
                await gate();
            return [ConnectionCheck.Ok(WellKnownChecks.Token, "Token", "It works.")];
        };
        return () => Volatile.Read(ref looks);
    }
}
