namespace Integrations.Providers.Meta;

/// <summary>What became of a <c>signed_request</c>.</summary>
internal enum SignedRequestStatus
{
    Valid,
    Missing,
    Malformed,
    WrongAlgorithm,
    Mismatch,
}
