namespace Integrations.Testing;

public sealed partial class MetaSimulator
{
    /// <summary>Whether the echo webhook of a send is posted before the send is answered, as it happens at Meta now and then.</summary>
    public bool EchoBeforeAnswer
    {
        get => _world.EchoBeforeAnswer;
        set => _world.EchoBeforeAnswer = value;
    }

    /// <summary>Breaks the whole Graph API and the dialog until <see cref="ComeBack"/>.</summary>
    public void GoDown(MetaOutage outage = MetaOutage.ConnectionsCut) => _world.Faults.Outage = outage;

    /// <summary>Ends an outage.</summary>
    public void ComeBack() => _world.Faults.Outage = null;

    /// <summary>Refuses the next send with a Graph error, without delivering it. A status of 200 gives an error body in a "successful" answer.</summary>
    public void FailNextSend(int code, int? subcode = null, int httpStatus = 400, bool isTransient = false) =>
        FailNext("messages", code, subcode, httpStatus, isTransient);

    /// <summary>
    /// Refuses the next call of an endpoint, named as in <see cref="SimulatedRequest.Endpoint"/>. Calls refused for a
    /// wrong parameter, token or proof do not use it up. Several are used one after the other.
    /// </summary>
    public void FailNext(string endpoint, int code, int? subcode = null, int httpStatus = 400, bool isTransient = false) =>
        _world.Faults.Fail(endpoint, new GraphError(code, $"(#{code}) Simulated failure", subcode, httpStatus) { IsTransient = isTransient });

    /// <summary>Breaks the next call of an endpoint, without carrying it out: cut connection, HTML, garbage.</summary>
    public void BreakNext(string endpoint, MetaOutage outage) => _world.Faults.BreakOne(endpoint, outage);

    /// <summary>
    /// Carries out the next call of an endpoint and cuts the connection instead of answering: the caller cannot know whether it happened.
    /// </summary>
    public void DropNextAnswer(string endpoint = "messages") => _world.Faults.Drop(endpoint);

    /// <summary>Carries out the next call of an endpoint and answers only when the gate is released.</summary>
    public AnswerGate HoldNextAnswer(string endpoint)
    {
        var gate = new AnswerGate();
        _world.Faults.Hold(endpoint, gate);
        return gate;
    }

    /// <summary>Rate-limits one Page for some minutes: code 80006 or 80001 with the usage header. Each refused call adds a minute.</summary>
    public void Throttle(SimulatedPage page, int minutes)
    {
        lock (_world.Gate)
            page.ThrottledUntil = _world.Now + TimeSpan.FromMinutes(minutes);
    }

    /// <summary>Rate-limits calls with user and app tokens for some minutes: code 4 with <c>X-App-Usage</c>.</summary>
    public void ThrottleApp(int minutes)
    {
        lock (_world.Gate)
            _world.Faults.AppThrottledUntil = _world.Now + TimeSpan.FromMinutes(minutes);
    }
}
