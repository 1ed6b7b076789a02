using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integrations.Benchmarks.ColdStart;

/// <summary>Starts one host and says how long that took.</summary>
internal static class ColdStartWorker
{
    public const string Verb = "cold";
    public const string Empty = "empty";
    public const string Runtime = "runtime";

    public static async Task<int> RunAsync(string host)
    {
        var started = Stopwatch.GetTimestamp();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (host == Runtime)
            AddEverything(builder.Services);
        using var app = builder.Build();
        await app.StartAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(new Result(elapsed.TotalMilliseconds, builder.Services.Count).ToLine());
        await app.StopAsync();
        return 0;
    }

    private static void AddEverything(IServiceCollection services) => services
        .AddIntegrations(o => o.PublicBaseUri = new Uri("https://chat.example.com"))
        .AddFacebook(o =>
        {
            o.AppId = WebhookScenario.AppId;
            o.AppSecret = WebhookScenario.AppSecret;
            o.VerifyToken = WebhookScenario.VerifyToken;
        })
        .AddInstagram(o =>
        {
            o.AppId = WebhookScenario.AppId;
            o.AppSecret = WebhookScenario.AppSecret;
            o.VerifyToken = WebhookScenario.VerifyToken;
        })
        .AddChatWidget();

    /// <param name="Milliseconds">From the first line of the program to a started host.</param>
    /// <param name="Services">Service descriptors.</param>
    internal sealed record Result(double Milliseconds, int Services)
    {
        public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds} {Services}");

        public static Result Parse(string line)
        {
            var parts = line.Split(' ');
            return new Result(double.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        }
    }
}
