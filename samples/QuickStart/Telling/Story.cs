using System.Diagnostics;

namespace QuickStart.Telling;

/// <summary>Tells numbered steps as they happen. A step that does not happen in its time ends the story with its name.</summary>
internal sealed class Story(TextWriter output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private int _number;

    /// <summary>Runs one step and tells what it found out.</summary>
    public async Task<T> StepAsync<T>(string title, Func<CancellationToken, Task<T>> step, Func<T, string>? found = null)
    {
        await output.WriteAsync($"{++_number,3}. {title} … ");
        var started = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var result = await step(patience.Token).WaitAsync(patience.Token);
            await output.WriteLineAsync($"done ({Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms)");
            if (found is not null)
                foreach (var line in found(result).Split('\n'))
                    await output.WriteLineAsync($"        {line}");
            return result;
        }
        catch (Exception e)
        {
            var why = e is OperationCanceledException ? $"nothing of the kind within {Patience.TotalSeconds:0} seconds" : e.Message;
            throw new StepFailedException($"Step {_number} did not happen ({title}): {why}", e);
        }
    }

    /// <summary>Runs one step that finds out nothing but that it worked.</summary>
    public Task StepAsync(string title, Func<CancellationToken, Task> step) => StepAsync(title, async ct =>
    {
        await step(ct);
        return true;
    });

    /// <summary>States what must hold. If it does not, the step did not happen.</summary>
    public static void Check(bool holds, string whatHolds)
    {
        if (!holds)
            throw new InvalidOperationException($"this does not hold: {whatHolds}");
    }

    public Task SayAsync(string line) => output.WriteLineAsync(line);
}
