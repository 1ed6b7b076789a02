using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests;

public sealed class IntegrationsBuilderTests
{
    [Fact]
    public void Registrations_may_be_repeated()
    {
        var builder = new IntegrationsBuilder(new ServiceCollection());
        for (var i = 0; i < 2; i++)
            builder.AddMessageHandler<Silent>().AddEvents<Silent>().AddAgentStatusSink<Silent>();
        Assert.Equal(3, builder.Services.Count);
    }

    [Fact]
    public void Several_listeners_may_be_added_and_one_agent()
    {
        var services = new IntegrationsBuilder(new ServiceCollection())
            .AddEvents<Silent>().AddEvents<AlsoSilent>().AddMessageHandler<Silent>().AddMessageHandler<AlsoSilent>().Services.BuildServiceProvider();
        Assert.Equal(2, services.GetServices<IIntegrationEvents>().Count());
        Assert.IsType<Silent>(Assert.Single(services.CreateScope().ServiceProvider.GetServices<IMessageHandler>()));
    }

    private class Silent : IMessageHandler, IIntegrationEvents, IAgentStatusSink
    {
        public Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct) => Task.FromResult(MessageReply.None);

        public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct) => Task.CompletedTask;

        public Task AgentIsLiveAsync(Guid clientId, Guid chatId, CancellationToken ct) => Task.CompletedTask;
    }

    private sealed class AlsoSilent : Silent;
}
