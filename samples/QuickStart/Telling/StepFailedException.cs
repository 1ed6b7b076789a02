namespace QuickStart.Telling;

/// <summary>A step of the story did not happen.</summary>
internal sealed class StepFailedException(string message, Exception cause) : Exception(message, cause);
