namespace Integrations;

/// <summary>What ended a wait for a refresh lease.</summary>
internal enum LeaseWaitOutcome
{
    Leased,
    Answered,
    GivenUp,
}
