using System.Security.Cryptography;
using System.Text;

namespace Integrations.Testing;

/// <summary>Finds the token of a call and refuses dead ones, doubled ones and missing or wrong proofs.</summary>
internal static class TokenGate
{
    public static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..].Trim() : null;
    }

    /// <summary>Kind for the request log; never throws.</summary>
    public static SimulatedTokenKind KindOf(MetaWorld world, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return SimulatedTokenKind.None;
        lock (world.Gate)
            return world.Tokens.Find(value)?.Kind ?? SimulatedTokenKind.Unknown;
    }

    /// <summary>A token of the other platform is no token here: neither host can parse it.</summary>
    public static AccessToken? Resolve(MetaWorld world, MetaHost host, string? bearer, GraphParameters parameters)
    {
        var parameter = parameters.Text("access_token");
        if (bearer is not null && parameter is not null)
            throw GraphErrors.TokenTwice.AsException();
        if ((bearer ?? parameter) is not { Length: > 0 } value)
            return null;

        lock (world.Gate)
        {
            if (world.Tokens.FindOn(host, value) is not { } token)
                throw GraphErrors.Malformed.AsException();
            if (host == MetaHost.Facebook)
                CheckProof(world, token, parameters.Text("appsecret_proof"));
            return token.ProblemAt(world.Now) is { } problem ? throw problem.AsException() : token;
        }
    }

    // The app token holds the secret itself: a proof adds nothing, so none is asked for it.
    private static void CheckProof(MetaWorld world, AccessToken token, string? proof)
    {
        if (proof is null)
        {
            if (world.Options.RequireAppSecretProof && token.Kind != SimulatedTokenKind.App)
                throw GraphErrors.ProofRequired.AsException();
            return;
        }

        var expected = Encoding.ASCII.GetBytes(world.Tokens.Proof(token.Value));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(proof)))
            throw GraphErrors.BadProof.AsException();
    }
}
