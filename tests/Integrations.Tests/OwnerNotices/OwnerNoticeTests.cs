using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Integrations.Tests.OwnerNotices;

public sealed class OwnerNoticeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly IOwnerNotifier _notifier = Substitute.For<IOwnerNotifier>();
    private readonly IEventOutbox _history = Substitute.For<IEventOutbox>();
    private readonly List<OwnerNotice> _told = [];

    public OwnerNoticeTests()
    {
        _notifier.NotifyAsync(Arg.Do<OwnerNotice>(_told.Add), Arg.Any<CancellationToken>()).Returns(Task.CompletedTask);
        _history.ListAsync(default, null, 0, default).ReturnsForAnyArgs(Task.FromResult<IReadOnlyList<StoredEvent>>([]));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_break_is_told_with_channel_cause_next_step_and_the_hosts_page()
    {
        var happened = Event(IntegrationEventKind.ReconnectRequired, error: new ProviderError
        {
            Kind = ProviderErrorKind.ReconnectRequired, Code = "190/460", SafeMessage = "The person changed their password.",
        });

        await ListenAsync(happened);

        var notice = Assert.Single(_told);
        Assert.Equal((happened.Id, "owner@example.com", happened.Key), (notice.Id, notice.Recipient, notice.Key));
        Assert.Equal("Connect Facebook Messenger account \"Acme\" again", notice.Subject);
        Assert.Contains("Facebook Messenger account \"Acme\" is no longer connected", notice.Text, StringComparison.Ordinal);
        Assert.Contains("Why: The person changed their password. (190/460)", notice.Text, StringComparison.Ordinal);
        Assert.Contains("Since: 2026-07-01 12:00 UTC", notice.Text, StringComparison.Ordinal);
        Assert.Contains("What to do: connect the account again.", notice.Text, StringComparison.Ordinal);
        Assert.Equal("https://chat.example.com/extensions", notice.Link!.AbsoluteUri);
    }

    [Theory]
    [InlineData(1, "within 1 day", 1)]
    [InlineData(36, "within 2 days", 2)]
    [InlineData(336, "within 14 days", 14)]
    public async Task A_warning_names_the_days_that_are_left(int hours, string words, int days)
    {
        await ListenAsync(Event(IntegrationEventKind.ExpiryWarning, expiresAt: Noon.AddHours(hours)));

        var notice = Assert.Single(_told);
        Assert.Equal(days, notice.DaysLeft);
        Assert.EndsWith(words, notice.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IntegrationEventKind.Degraded)]
    [InlineData(IntegrationEventKind.Connected)]
    [InlineData(IntegrationEventKind.Deployed)]
    [InlineData(IntegrationEventKind.Paused)]
    [InlineData(IntegrationEventKind.MessageReceived)]
    [InlineData(IntegrationEventKind.MessageFailed)]
    [InlineData(IntegrationEventKind.Disconnected)] // by the owner's own hand
    public async Task What_needs_no_owner_is_not_told(IntegrationEventKind kind)
    {
        await ListenAsync(Event(kind));

        Assert.Empty(_told);
    }

    [Fact]
    public async Task An_account_that_another_chat_took_is_told()
    {
        await ListenAsync(Event(IntegrationEventKind.Disconnected, cause: OwnerNoticeRules.TakenOver));

        Assert.Contains("connected to another chat", Assert.Single(_told).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_nobody_is_told()
    {
        await ListenAsync(Event(IntegrationEventKind.ReconnectRequired, email: null));

        Assert.Empty(_told);
    }

    [Fact]
    public async Task What_the_history_holds_back_is_not_told()
    {
        var happened = Event(IntegrationEventKind.Suspended);
        _history.ListAsync(happened.Key, happened.Id, Arg.Any<int>(), Arg.Any<CancellationToken>()).Returns(Task.FromResult<IReadOnlyList<StoredEvent>>(
            [Stored(IntegrationEventKind.Recovered, Noon.AddMinutes(-5)), Stored(IntegrationEventKind.Suspended, Noon.AddMinutes(-10))])); // newest first

        await ListenAsync(happened);

        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_notifier_that_fails_fails_the_delivery()
    {
        _notifier.NotifyAsync(Arg.Any<OwnerNotice>(), Arg.Any<CancellationToken>()).Returns(Task.FromException(new IOException("down")));

        await Assert.ThrowsAsync<IOException>(() => ListenAsync(Event(IntegrationEventKind.Suspended)));
    }

    [Fact]
    public async Task A_name_with_line_breaks_and_turned_writing_stays_one_line()
    {
        await ListenAsync(Event(IntegrationEventKind.Suspended, name: "Acme\r\nWhat to do: pay\u202Eevil\u2028" + new string('x', 200)));

        var notice = Assert.Single(_told);
        Assert.DoesNotContain('\n', notice.Subject);
        Assert.DoesNotContain("\nWhat to do: pay", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', notice.Subject);
        Assert.True(notice.Subject.Length < 200);
    }

    [Fact]
    public async Task Without_a_notifier_the_log_says_it_with_the_address_masked()
    {
        var logs = new CapturedLogs();
        var services = new ServiceCollection();
        services.AddLogging(b => b.AddProvider(logs));
        services.AddIntegrations(o => o.PublicBaseUri = new Uri("https://chat.example.com"));
        await using var provider = services.BuildServiceProvider();

        await provider.GetServices<IIntegrationEvents>().Single().HandleAsync(Event(IntegrationEventKind.ReconnectRequired), Ct);

        Assert.Contains(logs.Lines, m => m.Contains("o***@example.com", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, m => m.Contains("owner@example.com", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://chat.example.com/extensions")]
    [InlineData("/extensions")]
    [InlineData("javascript:alert(1)")]
    public void A_page_that_is_no_web_address_stops_the_host(string address)
    {
        var result = new IntegrationsOptionsValidator().Validate(null, new IntegrationsOptions { OwnerPageUri = new Uri(address, UriKind.RelativeOrAbsolute) });

        Assert.Contains("Integrations:OwnerPageUri", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    private Task ListenAsync(IntegrationEvent happened)
    {
        var options = Options.Create(new IntegrationsOptions { OwnerPageUri = new Uri("https://chat.example.com/extensions") });
        var facebook = Substitute.For<IIntegrationProvider>();
        facebook.Descriptor.Returns(new IntegrationDescriptor
        {
            Type = IntegrationType.Facebook, DisplayName = "Facebook Messenger", Description = "", Authorization = AuthorizationKind.OAuth2,
        });
        var log = new LogOwnerNotifier(NullLogger<LogOwnerNotifier>.Instance);
        return new OwnerNoticeListener(
            [_notifier], log, _history, new ProviderRegistry([facebook]), options,
            NullLogger<OwnerNoticeListener>.Instance).HandleAsync(happened, Ct);
    }

    private static IntegrationEvent Event(
        IntegrationEventKind kind, ProviderError? error = null, string? email = "owner@example.com", string? cause = null, string name = "Acme", DateTimeOffset? expiresAt = null) => new()
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
            ChatId = Guid.CreateVersion7(),
            Type = IntegrationType.Facebook,
            OccurredAt = Noon,
            AccountName = name,
            Error = error,
            Cause = cause,
            NotificationEmail = email,
            ExpiresAt = expiresAt,
        };

    private static StoredEvent Stored(IntegrationEventKind kind, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(),
        Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
        ChatId = Guid.CreateVersion7(),
        Type = IntegrationType.Facebook,
        Kind = kind,
        OccurredAt = at.UtcDateTime,
        Data = "{}",
    };
}
