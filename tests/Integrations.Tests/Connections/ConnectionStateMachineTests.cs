namespace Integrations.Tests.Connections;

/// <summary>The table, read as a whole: each cause in each state.</summary>
public sealed class ConnectionStateMachineTests
{
    private const string P = "Pending", C = "Connected", D = "Degraded", R = "ReconnectRequired", S = "Suspended", X = "Disconnected";

    //                                            pending connected degraded reconnect suspended disconnected; "-" stays, and nothing is told
    [Theory]
    [InlineData("AccountConnected", "Connected", C, C, C, C, C, C)]
    [InlineData("RefreshFailing", "Degraded", "-", D, "-", "-", "-", "-")]
    [InlineData("RefreshSucceeded", "Recovered", "-", "-", C, C, "-", "-")]
    [InlineData("ActivationFailed", "Degraded", "-", D, "-", "-", "-", "-")]
    [InlineData("ActivationSucceeded", "Recovered", "-", "-", C, "-", "-", "-")]
    [InlineData("SendSucceeded", "Recovered", "-", "-", C, "-", C, "-")]
    [InlineData("GrantLost", "ReconnectRequired", "-", R, R, "-", R, "-")]
    [InlineData("Deauthorized", "ReconnectRequired", "-", R, R, "-", R, "-")]
    [InlineData("PolicyBlocked", "Suspended", "-", S, S, "-", "-", "-")]
    [InlineData("PolicyLifted", "Recovered", "-", "-", "-", "-", C, "-")]
    [InlineData("OwnerDisconnected", "Disconnected", X, X, X, X, X, "-")]
    [InlineData("AccountTransferred", "Disconnected", X, X, X, X, X, "-")]
    public void Cause_moves_each_state_as_the_table_says(string cause, string told, params string[] then)
    {
        var move = ConnectionStateMachine.Of(Enum.Parse<ConnectionCause>(cause));
        string[] states = [P, C, D, R, S, X];
        Assert.Equal(then, states.Select(s => move.From.Contains(Enum.Parse<ConnectionState>(s)) ? move.To.ToString() : "-"));
        Assert.Equal(told, move.Event.ToString());
    }

    [Fact]
    public void Every_cause_is_in_the_table()
    {
        var tested = typeof(ConnectionStateMachineTests).GetMethod(nameof(Cause_moves_each_state_as_the_table_says))!
            .GetCustomAttributesData().Where(a => a.AttributeType == typeof(InlineDataAttribute)).ToList();
        Assert.Equal(Enum.GetValues<ConnectionCause>().Length, tested.Count);
        Assert.All(Enum.GetValues<ConnectionCause>(), cause => Assert.NotNull(ConnectionStateMachine.Of(cause)));
    }

    [Fact]
    public void Causes_have_stable_codes() => Assert.Equal("grant_lost", ConnectionStateMachine.CodeOf(ConnectionCause.GrantLost));
}
