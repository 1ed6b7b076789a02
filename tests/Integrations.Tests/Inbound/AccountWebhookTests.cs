using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests;

/// <summary>Platforms that prove their calls with a secret of each account: the provider gets the account's connection to verify with.</summary>
public sealed class AccountWebhookTests
{
    private static readonly IntegrationType Type = IntegrationType.Parse("sms");
    private static readonly IntegrationKey First = new(Guid.Parse("0193a000-0000-7000-8000-0000000000a1"), Guid.Parse("0193a000-0000-7000-8000-0000000000a2"));
    private static readonly IntegrationKey Second = new(Guid.Parse("0193a000-0000-7000-8000-0000000000b1"), Guid.Parse("0193a000-0000-7000-8000-0000000000b2"));

    [Fact]
    public async Task A_call_is_verified_with_the_connection_of_the_account_it_names()
    {
        await using var host = await StartAsync();

        var receipt = await ReceiveAsync(host, "phone-1", "first", "phone-1");

        Assert.Equal((WebhookVerdict.Accepted, 1, 0), (receipt.Verdict, receipt.Accepted, receipt.Unrouted));
        Assert.Single(await host.Inbox.ListAsync(new MessageQuery { Key = First }, Host.Ct));
    }

    [Fact]
    public async Task The_provider_gets_the_call_whole_with_the_connection()
    {
        var phones = new Phones();
        await using var host = await StartAsync(phones);

        await ReceiveAsync(host, "phone-1", "first", "phone-1");

        Assert.NotNull(phones.Got?.Connection);
        Assert.Equal(
            ("POST", "https://host.example/integrations/sms/webhook", "?account=phone-1", "phone-1", "first", "phone-1"),
            (phones.Got.Method, phones.Got.PublicUri.AbsoluteUri, phones.Got.QueryString, phones.Got.Query["account"], phones.Got.Headers["X-Secret"],
                Encoding.UTF8.GetString(phones.Got.Body.Span)));
    }

    [Theory]
    [InlineData("phone-1", "forged")]
    [InlineData("phone-2", "forged")]
    [InlineData("phone-9", "first")]
    [InlineData("", "first")]
    public async Task A_wrong_secret_an_unknown_account_and_none_are_refused_alike(string account, string secret)
    {
        await using var host = await StartAsync();

        var receipt = await ReceiveAsync(host, account, secret, account);

        Assert.Equal((WebhookVerdict.Unverified, "secret_wrong"), (receipt.Verdict, receipt.Reason));
        Assert.Empty(await host.Inbox.ListAsync(new MessageQuery { Key = First }, Host.Ct));
    }

    [Fact]
    public async Task A_name_no_database_takes_is_that_of_no_account_and_asks_none()
    {
        await using var host = await StartAsync();
        var store = Substitute.For<IIntegrationStore>();
        var phones = new Phones();
        var call = new WebhookRequest
        {
            Method = "POST",
            PublicUri = new Uri("https://host.example/integrations/sms/webhook"),
            Headers = new Dictionary<string, string>(),
            Query = new Dictionary<string, string> { ["account"] = "phone-1\0" },
        };

        var same = await new WebhookAccounts(store, host.Get<ConnectionOpener>()).OpenAsync(phones, phones, call, Host.Ct);

        Assert.Same(call, same);
        Assert.Empty(store.ReceivedCalls());
    }

    [Fact]
    public async Task The_secret_of_one_account_delivers_nothing_for_another()
    {
        await using var host = await StartAsync();

        var receipt = await ReceiveAsync(host, "phone-1", "first", "phone-1", "phone-2");

        Assert.Equal((1, 1), (receipt.Accepted, receipt.Unrouted));
        Assert.Empty(await host.Inbox.ListAsync(new MessageQuery { Key = Second }, Host.Ct));
    }

    [Fact]
    public async Task The_secret_of_one_account_delivers_nothing_for_another_platform()
    {
        await using var host = await StartAsync(new Phones { SaysType = Acme.Type });

        var receipt = await ReceiveAsync(host, "phone-1", "first", "page-1");

        Assert.Equal((0, 1), (receipt.Accepted, receipt.Unrouted));
        Assert.Empty(await host.MessagesAsync());
    }

    [Fact]
    public async Task A_provider_that_names_its_own_platform_loses_nothing()
    {
        await using var host = await StartAsync(new Phones { SaysType = Type });

        var receipt = await ReceiveAsync(host, "phone-1", "first", "phone-1");

        Assert.Equal((1, 0), (receipt.Accepted, receipt.Unrouted));
    }

    [Fact]
    public async Task A_provider_that_accepts_without_a_connection_delivers_nothing()
    {
        await using var host = await StartAsync(new Phones { AcceptsAll = true });

        var receipt = await ReceiveAsync(host, "phone-9", "first", "phone-1");

        Assert.Equal((0, 1), (receipt.Accepted, receipt.Unrouted));
    }

    [Fact]
    public async Task Credentials_that_cannot_be_opened_are_a_fault_so_that_the_platform_sends_it_again()
    {
        await using var host = await StartAsync();
        await using var stranger = await StartAsync(memory: host.Memory);

        var fault = await Assert.ThrowsAsync<IntegrationException>(() => ReceiveAsync(stranger, "phone-1", "first", "phone-1"));

        Assert.Equal((IntegrationErrorKind.CredentialsUnreadable, First.IntegrationId), (fault.Kind, fault.IntegrationId));
    }

    [Fact]
    public async Task A_connection_knows_where_its_platform_delivers_to()
    {
        var phones = new Phones();
        await using var host = await StartAsync(phones);

        await ReceiveAsync(host, "phone-1", "first", "phone-1");

        Assert.Equal("https://host.example/integrations/sms/webhook", phones.Seen?.WebhookUri?.AbsoluteUri);
    }

    [Fact]
    public async Task A_host_without_a_public_address_opens_connections_all_the_same()
    {
        var phones = new Phones();
        await using var host = await StartAsync(phones, configure: o => o.PublicBaseUri = null);

        await ReceiveAsync(host, "phone-1", "first", "phone-1");

        Assert.NotNull(phones.Seen);
        Assert.Null(phones.Seen.WebhookUri);
    }

    private static async Task<Host> StartAsync(Phones? phones = null, InMemoryIntegrationStore? memory = null, Action<IntegrationsOptions>? configure = null)
    {
        var host = await Host.StartAsync(configure: configure, services: s =>
        {
            s.AddSingleton<IIntegrationProvider>(phones ?? new Phones());
            if (memory is not null)
                s.AddSingleton(memory);
        });
        if (memory is null)
        {
            await host.ConnectAsync(First, "phone-1", null, Details(host, First, "first"), type: Type);
            await host.ConnectAsync(Second, "phone-2", null, Details(host, Second, "second"), type: Type);
        }

        return host;
    }

    private static string Details(Host host, IntegrationKey key, string secret)
    {
        var details = new JsonObject { ["auth_token"] = secret };
        return host.Get<DetailsSealer>().Seal(details, ["auth_token"], key);
    }

    private static Task<WebhookReceipt> ReceiveAsync(Host host, string account, string secret, params string[] events) =>
        host.Get<IWebhookIntake>().ReceiveAsync(Type, new WebhookRequest
        {
            Method = "POST",
            PublicUri = new Uri("https://host.example/integrations/sms/webhook"),
            Headers = new Dictionary<string, string> { ["X-Secret"] = secret },
            Query = new Dictionary<string, string> { ["account"] = account },
            QueryString = $"?account={account}",
            Body = Encoding.UTF8.GetBytes(string.Join(' ', events)),
        }, Host.Ct);

    /// <summary>A platform whose calls carry the account's own secret, one event for each word of the body.</summary>
    private sealed class Phones : IIntegrationProvider, IWebhookReceiver, IWebhookAccountReader
    {
        public bool AcceptsAll { get; init; }

        public IntegrationType? SaysType { get; init; }

        public WebhookRequest? Got { get; private set; }

        public ConnectionContext? Seen => Got?.Connection;

        public IntegrationDescriptor Descriptor { get; } = new()
        {
            Type = Type, DisplayName = "Phones", Authorization = AuthorizationKind.None, SecretDetails = ["auth_token"],
        };

        public string? ReadAccountId(WebhookRequest request) => request.Query.GetValueOrDefault("account");

        public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken ct = default)
        {
            Got = request;
            var secret = request.Connection?.Details["auth_token"]?.GetValue<string>();
            return Task.FromResult(!AcceptsAll && request.Headers["X-Secret"] != secret
                ? WebhookResult.Unverified("secret_wrong")
                : new WebhookResult { Verdict = WebhookVerdict.Accepted, Type = SaysType, Events = [.. Encoding.UTF8.GetString(request.Body.Span).Split(' ').Select(Event)] });
        }

        public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) => throw new NotSupportedException();

        public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) => throw new NotSupportedException();

        public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) => throw new NotSupportedException();

        public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) =>
            Task.FromResult(DetailsValidationResult.Valid(JsonNode.Parse(context.Json)!.AsObject()));

        private static InboundEvent Event(string account) => new() { Kind = InboundEventKind.Message, AccountId = account, EventId = $"of {account}", ContactId = "ann", Text = "hello" };
    }
}
