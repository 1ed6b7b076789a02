using Microsoft.Extensions.Time.Testing;

namespace Integrations.Tests;

public sealed class PlatformCircuitTests
{
    private const int Max = 64;
    private readonly FakeTimeProvider _time = new();
    private readonly PlatformCircuit _circuit;

    public PlatformCircuitTests() => _circuit = new PlatformCircuit(_time);

    [Fact]
    public void One_connection_that_fails_again_and_again_rests_nobody()
    {
        var broken = Guid.NewGuid();
        for (var i = 0; i < 100; i++)
            _circuit.Note(broken, Acme.Error(ProviderErrorKind.Transient));

        Assert.Equal(Max, _circuit.Allowed(Max));
        Assert.Null(_circuit.Rest());
    }

    [Theory]
    [InlineData(ProviderErrorKind.Transient)]
    [InlineData(ProviderErrorKind.RateLimited)]
    [InlineData(ProviderErrorKind.Unknown)]
    [InlineData(ProviderErrorKind.Configuration)]
    public void Several_connections_failing_in_a_row_rest_the_platform(ProviderErrorKind kind)
    {
        Fail(PlatformCircuit.TroubledAfter - 1, kind);
        Assert.Equal(Max, _circuit.Allowed(Max));
        Fail(1, kind);

        Assert.Equal(0, _circuit.Allowed(Max));
        Assert.Equal(kind, _circuit.Rest()?.Cause.Kind);
        Assert.InRange(_circuit.Rest()!.Value.For, TimeSpan.FromSeconds(27), TimeSpan.FromSeconds(33));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ProviderErrorKind.ReconnectRequired)]
    [InlineData(ProviderErrorKind.InsufficientScope)]
    public void An_answer_that_concerns_one_grant_shows_that_the_platform_works(ProviderErrorKind? kind)
    {
        for (var i = 0; i < 20; i++)
        {
            Fail(PlatformCircuit.TroubledAfter - 1, ProviderErrorKind.Transient);
            _circuit.Note(Guid.NewGuid(), kind is { } k ? Acme.Error(k) : null);
        }

        Assert.Equal(Max, _circuit.Allowed(Max));
    }

    [Fact]
    public void After_a_rest_a_few_try_and_each_that_works_lets_one_more_follow()
    {
        Fail(PlatformCircuit.TroubledAfter, ProviderErrorKind.Transient);
        _time.Advance(TimeSpan.FromSeconds(34));

        Assert.Equal(PlatformCircuit.Probes, _circuit.Allowed(Max));
        for (var i = 1; i <= 10; i++)
        {
            _circuit.Note(Guid.NewGuid(), null);
            Assert.Equal(PlatformCircuit.Probes + i, _circuit.Allowed(Max));
        }
    }

    [Fact]
    public void One_failed_try_after_a_rest_begins_a_longer_one_up_to_ten_minutes()
    {
        Fail(PlatformCircuit.TroubledAfter, ProviderErrorKind.Transient);
        var rests = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            rests.Add(_circuit.Rest()!.Value.For);
            _time.Advance(rests[^1]);
            Fail(1, ProviderErrorKind.Transient);
        }

        Assert.InRange(rests[1], TimeSpan.FromSeconds(54), TimeSpan.FromSeconds(66));
        Assert.All(rests.TakeLast(3), r => Assert.InRange(r, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11)));
    }

    [Fact]
    public void The_platforms_own_word_on_how_long_to_wait_is_heeded()
    {
        Fail(PlatformCircuit.TroubledAfter, ProviderErrorKind.RateLimited, TimeSpan.FromMinutes(20));

        Assert.Equal(TimeSpan.FromMinutes(20), _circuit.Rest()?.For);
    }

    private void Fail(int times, ProviderErrorKind kind, TimeSpan? retryAfter = null)
    {
        for (var i = 0; i < times; i++)
            _circuit.Note(Guid.NewGuid(), Acme.Error(kind, retryAfter: retryAfter));
    }
}
