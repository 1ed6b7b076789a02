using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Integrations.Benchmarks;

/// <summary>What to run and for how long.</summary>
/// <param name="Programs">Names of programs, in order.</param>
/// <param name="Smoke">Only show that the programs work.</param>
/// <param name="Seconds">How long each side of each comparison is measured, over all rounds.</param>
/// <param name="Rows">How many integrations <c>store-scale</c> fills its tables with.</param>
/// <param name="Streams">How many streams <c>widget-streams</c> opens on each side.</param>
internal sealed record RunSettings(IReadOnlyList<string> Programs, bool Smoke, double Seconds, int Rows = 1_000_000, int Streams = 5_000)
{
    /// <summary>Rounds of each side.</summary>
    public int Rounds => Smoke ? 1 : 10;

    /// <summary>The length of one round.</summary>
    public TimeSpan Round => TimeSpan.FromSeconds(Smoke ? 0.3 : Seconds / Rounds);

    public static bool TryParse(string[] args, IReadOnlyList<string> known, [NotNullWhen(true)] out RunSettings? settings, out string mistake)
    {
        settings = null;
        mistake = $"Usage: [{string.Join('|', known)}|all] [--seconds N] [--rows N] [--streams N] [--smoke]";
        var programs = new List<string>();
        var smoke = false;
        var seconds = 10.0;
        int? rows = null, streams = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--smoke")
                smoke = true;
            else if (args[i] == "--seconds" && i + 1 < args.Length
                && double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seconds) && seconds > 0)
                i++;
            else if (args[i] == "--rows" && i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var count) && count >= 2_000)
                (rows, i) = (count, i + 1);
            else if (args[i] == "--streams" && i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var open) && open >= 100)
                (streams, i) = (open, i + 1);
            else if (args[i] == "all")
                programs.AddRange(known);
            else if (known.Contains(args[i]))
                programs.Add(args[i]);
            else
                return false;
        }
        settings = new RunSettings(programs.Count == 0 ? known : [.. programs.Distinct()], smoke, seconds, rows ?? (smoke ? 2_000 : 1_000_000), streams ?? (smoke ? 100 : 5_000));
        return true;
    }
}
