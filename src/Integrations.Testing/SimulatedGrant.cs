namespace Integrations.Testing;

/// <summary>One person's consent at a <see cref="TokenSimulator"/>, with all tokens that came of it. Thread-safe.</summary>
public sealed class SimulatedGrant
{
    private readonly Lock _lock = new();
    private readonly int _number;
    private int _generation = 1;
    private DateTimeOffset _rotatedAt;

    internal SimulatedGrant(int number) => _number = number;

    /// <summary>The access token that is valid now.</summary>
    public Secret AccessToken
    {
        get
        {
            lock (_lock)
                return Token("access", _generation);
        }
    }

    /// <summary>The refresh token that is valid now.</summary>
    public Secret RefreshToken
    {
        get
        {
            lock (_lock)
                return Token("refresh", _generation);
        }
    }

    /// <summary>How often new tokens were given.</summary>
    public int Refreshes { get; private set; }

    /// <summary>How often a spent refresh token was used, within its grace or not.</summary>
    public int Reuses { get; private set; }

    /// <summary>Whether the grant is gone, with all its tokens.</summary>
    public bool IsRevoked { get; private set; }

    /// <summary>Takes the consent back, as its owner can at any time.</summary>
    public void Revoke()
    {
        lock (_lock)
            IsRevoked = true;
    }

    /// <summary>Uses a refresh token. Null if it is refused, else the tokens to answer.</summary>
    internal (Secret Access, Secret Refresh)? Use(int generation, TokenSimulatorOptions options)
    {
        var now = options.TimeProvider.GetUtcNow();
        lock (_lock)
        {
            if (IsRevoked || generation > _generation)
                return null;
            var isSpent = generation < _generation && options.Rotation != RefreshTokenRotation.Reusable;
            if (isSpent)
            {
                Reuses++;
                if (generation != _generation - 1 || now - _rotatedAt > options.ReuseGrace || options.ReuseGrace == TimeSpan.Zero)
                {
                    IsRevoked = true;
                    return null;
                }
            }
            else
            {
                Refreshes++;
                _generation++;
                _rotatedAt = now;
            }

            return (Token("access", _generation), options.Rotation == RefreshTokenRotation.Reusable ? Token("refresh", generation) : Token("refresh", _generation));
        }
    }

    private Secret Token(string kind, int generation) => new($"simulated-{kind}-{_number}-{generation}");
}
