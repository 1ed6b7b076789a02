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
    public void Without_an_expiry_or_a_refresh_nothing_is_ever_due()
    {
        Assert.Null(Due(new RefreshPolicy { Mode = RefreshMode.RefreshToken }, null));
        Assert.Null(Due(RefreshPolicy.None, TimeSpan.FromHours(1)));
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

    private static DateTime? Due(RefreshPolicy policy, TimeSpan? life, TimeSpan? refreshLife = null) =>
        RefreshSchedule.DueAt(policy, Issued, Issued + life, Issued + refreshLife);
}
