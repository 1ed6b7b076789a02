using Integrations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace QuickStart.Cast;

/// <summary>What the host itself can look up about Anna's one integration.</summary>
internal sealed class Desk(WebApplication host)
{
    private readonly IServiceProvider _services = host.Services;

    public EventFeed Events { get; } = host.Services.GetServices<IIntegrationEvents>().OfType<EventFeed>().Single();

    public async Task<IntegrationView> IntegrationAsync(CancellationToken ct) =>
        (await _services.GetRequiredService<IIntegrationReader>().ListAsync(new IntegrationQuery { ClientId = Owner.ClientId }, ct)).Single();

    public async Task<AccessTokenResult> TokenAsync(CancellationToken ct) =>
        await _services.GetRequiredService<IIntegrationTokens>().GetAsync((await IntegrationAsync(ct)).Key, ct);

    public async Task<SendReceipt> SendAsync(string contactId, string text, CancellationToken ct) =>
        await _services.GetRequiredService<IIntegrationMessenger>().SendAsync((await IntegrationAsync(ct)).Key, contactId, OutboundMessage.FromText(text), ct: ct);

    /// <summary>Reads the newest outgoing message again and again until it stands where it should.</summary>
    public async Task<StoredMessage> LatestSendAsync(MessageState state, CancellationToken ct)
    {
        var query = new MessageQuery { Key = (await IntegrationAsync(ct)).Key };
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await look.WaitForNextTickAsync(ct))
        {
            var messages = await _services.GetRequiredService<IMessageInbox>().ListAsync(query, ct);
            if (messages.FirstOrDefault(message => message.Direction == MessageDirection.Outbound) is { } latest && latest.State == state)
                return latest;
        }

        throw new OperationCanceledException(ct);
    }
}
