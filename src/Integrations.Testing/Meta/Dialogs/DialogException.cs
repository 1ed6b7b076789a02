namespace Integrations.Testing;

/// <summary>The dialog refuses the request itself: shown to the person, never redirected.</summary>
internal sealed class DialogException(string message) : Exception(message);
