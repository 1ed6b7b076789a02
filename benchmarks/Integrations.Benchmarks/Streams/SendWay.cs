namespace Integrations.Benchmarks.Streams;

/// <summary>From where a message starts on its way to the browser.</summary>
internal enum SendWay
{
    /// <summary>Added to the conversation, the streams hinted.</summary>
    Conversation,

    /// <summary>Given to the messenger, as an agent does: queued, sent by a worker through the provider.</summary>
    Messenger,
}
