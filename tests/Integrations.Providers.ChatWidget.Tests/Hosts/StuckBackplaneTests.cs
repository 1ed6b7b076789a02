using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>Against a server that takes connections and never answers.</summary>
public sealed class StuckBackplaneTests
{
    [Theory]
    [InlineData("postgresql")]
    [InlineData("redis")]
    public async Task A_server_that_never_answers_holds_up_neither_a_sender_nor_a_listener_nor_the_end_of_the_host(string kind)
    {
        using var server = new SilentServer();
        var services = new ServiceCollection();
        var builder = services.AddIntegrations(o => o.PublicBaseUri = new Uri("https://chat.example.com"));
        _ = kind == "redis" ? builder.AddRedisBackplane(server.Redis) : builder.AddPostgreSqlBackplane(server.PostgreSql);
        await using var provider = services.BuildServiceProvider();
        var backplane = provider.GetRequiredService<IWidgetBackplane>();

        var listening = backplane.SubscribeAsync(_ => { }, WidgetHost.Ct);
        Assert.True(listening.IsCompletedSuccessfully);
        for (var i = 0; i < 5_000; i++) // more than are kept
            Assert.True(backplane.PublishAsync(Hint(i), WidgetHost.Ct).IsCompletedSuccessfully);
        await server.Reached;
        Assert.True(backplane.PublishAsync(Hint(0), WidgetHost.Ct).IsCompletedSuccessfully);

        await (await listening).DisposeAsync().AsTask().WaitAsync(EventTap.Patience, WidgetHost.Ct);
        await provider.DisposeAsync().AsTask().WaitAsync(EventTap.Patience, WidgetHost.Ct);
        Assert.True(backplane.PublishAsync(Hint(0), WidgetHost.Ct).IsCompletedSuccessfully);
    }

    private static WidgetHint Hint(long number) =>
        new() { IntegrationId = Guid.Empty, ContactId = "ann", Kind = WidgetHintKind.Message, Sequence = number };
}
