using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integrations.Benchmarks.Streams;

/// <summary>The subject: a host with one deployed chat widget on the store in memory, all workers on.</summary>
internal sealed class WidgetStreamServer(WebApplication app, IntegrationKey key) : IStreamServer
{
    private const int Unlimited = 1_000_000;
    private const int Parallelism = 64;
    private readonly IConversationStore _conversations = app.Services.GetRequiredService<IConversationStore>();
    private List<string> _contacts = [];
    private int _messages;

    public int Port { get; } = new Uri(app.Urls.First()).Port;

    public string Path => $"/integrations/widget/{key.IntegrationId}";

    public static async Task<WidgetStreamServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<SilentAgent.Counter>();
        builder.Services.AddIntegrations(o => o.PublicBaseUri = new Uri("https://chat.example.com"))
            .AddChatWidget()
            .AddMessageHandler<SilentAgent>()
            // All visitors come from one address here.
            .AddEndpoints(o => (o.Widget.SessionsPerHour, o.Widget.WidgetMessagesPerMinute) = (Unlimited, Unlimited));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapIntegrations();
        await app.StartAsync();
        return new WidgetStreamServer(app, await DeployAsync(app.Services));
    }

    public async Task SendAsync(SendWay way)
    {
        if (way == SendWay.Messenger)
        {
            var messenger = app.Services.GetRequiredService<IIntegrationMessenger>();
            await Parallel.ForEachAsync(_contacts, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (contact, ct) =>
            {
                var receipt = await messenger.SendAsync(key, contact, OutboundMessage.FromText(StreamText.Message), ct: ct);
                if (receipt.Error is { } error)
                    throw new InvalidOperationException($"Not sent: {error.Code}.");
            });
            return;
        }

        var backplane = app.Services.GetRequiredService<IWidgetBackplane>();
        var number = ++_messages;
        foreach (var contact in _contacts)
        {
            var added = await _conversations.AppendAsync(new NewConversationMessage
            {
                Key = key,
                ContactId = contact,
                MessageKey = $"out:{number}",
                Author = ConversationAuthor.Agent,
                Payload = $$"""{"text":"{{StreamText.Message}}"}""",
                At = TimeProvider.System.GetUtcNow().UtcDateTime,
            });
            await backplane.PublishAsync(new WidgetHint
            {
                IntegrationId = key.IntegrationId, ContactId = contact, Kind = WidgetHintKind.Message, Sequence = added.Message!.Sequence,
            });
        }
    }

    /// <summary>Each visitor wrote once: a conversation exists, and the agent has heard it.</summary>
    public async Task SettleAsync(int visitors)
    {
        await app.Services.GetRequiredService<SilentAgent.Counter>().ReachesAsync(visitors);
        _contacts = [];
        while (await _conversations.ListAsync(new ContactQuery { Key = key, After = _contacts.LastOrDefault(), Limit = 500 }) is { Count: > 0 } page)
            _contacts.AddRange(page.Select(c => c.ContactId));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task<IntegrationKey> DeployAsync(IServiceProvider services)
    {
        var result = await services.GetRequiredService<IIntegrationDeployer>().DeployAsync(new DeploymentRequest
        {
            ClientId = Guid.CreateVersion7(),
            ChatId = Guid.CreateVersion7(),
            Channels = [new ChannelDeployment { Type = IntegrationType.ChatWidget, Details = "{}" }],
        });
        return result.Channels[0].Key ?? throw new InvalidOperationException($"The widget was not deployed: {result.Channels[0].Status}.");
    }
}
