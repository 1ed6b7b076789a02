namespace Integrations.Benchmarks.Streams;

internal static class StreamText
{
    public const string Message = "Yes, the blue one is here in size M. Shall I put it aside for you?";
}
