using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Asks the host's agent for an answer, in a scope of its own.</summary>
internal sealed class AgentCaller(IServiceScopeFactory scopes, MessageFailures failures, ILogger<AgentCaller> logger)
{
    /// <summary>Whether the details ask for automatic answers. Absent means yes.</summary>
    public static bool IsWanted(JsonObject details) =>
        !(details[WellKnownDetails.AutoResponse] is JsonValue value && value.TryGetValue<bool>(out var wanted) && !wanted);

    /// <summary>The answer, or what to do with the message if the agent failed.</summary>
    public async Task<(MessageReply Reply, MessageOutcome? Failure)> AskAsync(
        StoredMessage message, InboundEvent inboundEvent, StoredIntegration stored, IntegrationDescriptor descriptor, JsonObject details, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IMessageHandler>() is not { } handler)
        {
            MessageLog.NoHandler(logger, message.Id);
            return (MessageReply.None, null);
        }

        var context = new MessageContext
        {
            Key = message.Key,
            ChatId = stored.Record.ChatId,
            Type = stored.Record.Type,
            MessageId = message.Id,
            ContactId = message.ContactId!,
            Event = inboundEvent,
            Attempt = message.Attempts,
            Details = WithoutSecrets(details, descriptor),
        };
        try
        {
            return (await handler.HandleAsync(context, ct), null);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Not swallowed: logged, counted on the message, and the message is retried or set aside.
        catch (Exception e)
#pragma warning restore CA1031
        {
            MessageLog.HandlerFailed(logger, e, message.Id, message.Attempts + 1);
            return (MessageReply.None, failures.AfterAttempt(message,
                Refusal.New(ProviderErrorKind.Unknown, "handler_failed", $"The message handler threw {e.GetType().Name}; see the log")));
        }
    }

    private static JsonObject WithoutSecrets(JsonObject details, IntegrationDescriptor descriptor)
    {
        var copy = (JsonObject)details.DeepClone();
        foreach (var name in descriptor.SecretDetails)
            copy.Remove(name);
        return copy;
    }
}
