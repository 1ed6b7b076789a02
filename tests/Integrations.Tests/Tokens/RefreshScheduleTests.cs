namespace Integrations.Tests;

public sealed class RefreshScheduleTests
{
    private static readonly DateTime Issued = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_token_is_due_its_margin_before_it_expires() =>
        Assert.Equal(Issued.AddMinutes(45), Due(new RefreshPolicy { Mode = RefreshMode.RefreshToken }, TimeSpan.FromHours(1)));

    [Fact]
    public void What_expires_first_decides()
    {
        var policy = new RefreshPolicy { Mode = RefreshMode.ReexchangeToken, RefreshBeforeExpiry = TimeSpan.FromDays(10), RefreshAtLeastEvery = TimeSpan.FromDays(40) };

        Assert.Equal(Issued.AddDays(40), Due(policy, null, TimeSpan.FromDays(60)));
        Assert.Equal(Issued.AddDays(20), Due(policy, null, TimeSpan.FromDays(30)));
        Assert.Equal(Issued.AddDays(40), Due(policy, null));
    }

    [Fact]
    public void A_token_is_never_due_before_the_platform_s_minimum_age()
    {
        var policy = new RefreshPolicy { Mode = RefreshMode.ReexchangeToken, MinimumTokenAge = TimeSpan.FromHours(24), RefreshAtLeastEvery = TimeSpan.FromHours(1) };

        Assert.Equal(Issued.AddHours(24), Due(policy, TimeSpan.FromDays(60)));
    }

    [Fact]
    public void A_token_that_lives_no_longer_than_the_margin_is_due_at_half_its_life() =>
        Assert.Equal(Issued.AddMinutes(5), Due(new RefreshPolicy { Mode = RefreshMode.RefreshToken }, TimeSpan.FromMinutes(10)));

    [Fact]
    public void Without_an_expiry_nothing_is_ever_due()
    {
        Assert.Null(Due(new RefreshPolicy { Mode = RefreshMode.RefreshToken }, null));
        Assert.Null(Due(RefreshPolicy.None, null));
    }

    [Fact]
    public void What_cannot_be_refreshed_is_looked_at_when_it_ends_so_that_its_owner_hears_of_it() =>
        Assert.Equal(Issued.AddHours(1), Due(RefreshPolicy.None, TimeSpan.FromHours(1)));

    [Theory]
    [InlineData(-1, 45)]
    [InlineData(0, 50)]
    [InlineData(1, 55)]
    public void Due_times_are_spread_by_a_tenth(double jitter, double days) =>
        Assert.Equal(Issued.AddDays(days), Jittered(new RefreshPolicy { Mode = RefreshMode.ReexchangeToken, RefreshBeforeExpiry = TimeSpan.FromDays(10) }, TimeSpan.FromDays(60), jitter));

    [Fact]
    public void A_spread_due_time_keeps_half_of_the_margin_before_the_expiry() =>
        Assert.Equal(Issued.AddDays(60).AddMinutes(-7.5), Jittered(new RefreshPolicy { Mode = RefreshMode.RefreshToken }, TimeSpan.FromDays(60), 1));

    [Fact]
    public void A_grant_that_must_be_used_every_so_often_is_never_used_later_than_that()
    {
        var policy = new RefreshPolicy { Mode = RefreshMode.RefreshToken, RefreshAtLeastEvery = TimeSpan.FromDays(30) };

        Assert.Equal(Issued.AddDays(30), Jittered(policy, null, 1));
        Assert.Equal(Issued.AddDays(27), Jittered(policy, null, -1));
    }

    [Fact]
    public void A_spread_due_time_is_never_before_the_minimum_age()
    {
        var policy = new RefreshPolicy { Mode = RefreshMode.ReexchangeToken, MinimumTokenAge = TimeSpan.FromHours(24), RefreshAtLeastEvery = TimeSpan.FromHours(25) };

        Assert.Equal(Issued.AddHours(24), Jittered(policy, TimeSpan.FromDays(60), -1));
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(6, 1920)]
    [InlineData(7, 3600)]
    [InlineData(50, 3600)]
    public void Retries_back_off_to_an_hour_give_or_take_a_tenth(int failures, double seconds)
    {
        for (var i = 0; i < 100; i++)
            Assert.InRange((RefreshSchedule.RetryAt(Issued, failures, null) - Issued).TotalSeconds, seconds * 0.9, seconds * 1.1);
    }

    [Fact]
    public void The_platform_s_own_word_wins_up_to_a_day()
    {
        Assert.Equal(Issued.AddMinutes(7), RefreshSchedule.RetryAt(Issued, 5, TimeSpan.FromMinutes(7)));
        Assert.Equal(Issued.AddDays(1), RefreshSchedule.RetryAt(Issued, 5, TimeSpan.FromDays(400)));
    }

    private static DateTime? Jittered(RefreshPolicy policy, TimeSpan? life, double jitter) =>
        RefreshSchedule.DueAt(policy, Issued, Issued + life, null, jitter);

    private static DateTime? Due(RefreshPolicy policy, TimeSpan? life, TimeSpan? refreshLife = null) =>
        RefreshSchedule.DueAt(policy, Issued, Issued + life, Issued + refreshLife);
}
