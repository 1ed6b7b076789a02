using System.Globalization;

namespace Integrations.Benchmarks.Load;

/// <summary>What the load generator is told to do, as one line on its standard input.</summary>
/// <param name="Port">Port on the loopback address.</param>
/// <param name="Path">Path of the webhook.</param>
/// <param name="Connections">Keep-alive connections, each with one request under way.</param>
/// <param name="Events">Events in each request.</param>
/// <param name="Seconds">How long.</param>
internal sealed record LoadOrder(int Port, string Path, int Connections, int Events, double Seconds)
{
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Port} {Path} {Connections} {Events} {Seconds}");

    public static LoadOrder Parse(string line)
    {
        var parts = line.Split(' ');
        return new LoadOrder(Number(parts[0]), parts[1], Number(parts[2]), Number(parts[3]), double.Parse(parts[4], CultureInfo.InvariantCulture));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
