using System.Net;
using System.Text;

namespace Integrations.TestSupport;

/// <summary>
/// An HTTP handler that answers what it was told to and throws on every other request, so that no test talks to the network
/// and no call goes unnoticed. Answers for one address are used up in order; the last one stays.
/// </summary>
public sealed class CannedHttp : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<Func<CannedCall, CancellationToken, Task<HttpResponseMessage>>>> _answers = [];
    private readonly List<CannedCall> _calls = [];
    private TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _hanging;

    public IReadOnlyList<CannedCall> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    /// <summary>The calls as "METHOD /path", in order.</summary>
    public IEnumerable<string> Order => Calls.Select(call => $"{call.Method} {call.Uri.AbsolutePath}");

    public CannedHttp Json(string call, string json, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers) =>
        Text(call, json, "application/json", status, headers);

    public CannedHttp Text(
        string call, string body, string contentType, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers) =>
        On(call, (_, _) =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
            foreach (var (name, value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return Task.FromResult(response);
        });

    public CannedHttp Throws(string call, Exception exception) => On(call, (_, _) => Task.FromException<HttpResponseMessage>(exception));

    /// <summary>Never answers.</summary>
    public CannedHttp Hangs(string call) => On(call, async (_, ct) =>
    {
        lock (_lock)
        {
            _hanging++;
            _hangs.SetResult();
            _hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await Task.Delay(Timeout.Infinite, ct);
        return new HttpResponseMessage();
    });

    /// <summary>Completes when so many calls in all were left without an answer.</summary>
    public async Task HangsAsync(int calls)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_hanging >= calls)
                    return;
                next = _hangs.Task;
            }

            await next;
        }
    }

    public CannedHttp On(string call, Func<CannedCall, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        lock (_lock)
        {
            if (!_answers.TryGetValue(call, out var queue))
                _answers[call] = queue = new Queue<Func<CannedCall, CancellationToken, Task<HttpResponseMessage>>>();
            queue.Enqueue(answer);
        }
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = new CannedCall(
            request.Method.Method,
            request.RequestUri!,
            request.Headers.Authorization?.ToString(),
            request.Content?.Headers.ContentType?.MediaType,
            body);
        Func<CannedCall, CancellationToken, Task<HttpResponseMessage>>? answer;
        lock (_lock)
        {
            _calls.Add(call);
            answer = _answers.TryGetValue($"{call.Method} {call.Uri.AbsolutePath}", out var queue)
                ? queue.Count > 1 ? queue.Dequeue() : queue.Peek()
                : throw new InvalidOperationException($"No answer was prepared for {call.Method} {call.Uri.AbsolutePath}.");
        }
        return await answer(call, cancellationToken);
    }
}
