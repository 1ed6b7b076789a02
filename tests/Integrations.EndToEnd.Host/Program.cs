using System.Diagnostics.Metrics;
using System.Net;
using Integrations.EndToEnd.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PigeonPost;

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = args });
builder.Configuration.AddEnvironmentVariables("E2E_");
var settings = builder.Configuration;
var port = settings.GetValue<int>("Port");

builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
builder.Services.AddRoutingCore().AddAuthorization().AddAuthentication();
builder.Services.AddDataProtection().SetApplicationName("test").PersistKeysToFileSystem(new DirectoryInfo(settings["KeysFolder"]!));
builder.Services.AddSingleton(new ScriptedAgent.Script(settings.GetValue<bool>("AgentBlocks")));
builder.Services.AddSingleton(new SpokenEvents.Script(settings["BlocksOnEvent"]));

var integrations = builder.Services
    .AddIntegrations(options =>
    {
        options.PublicBaseUri = new Uri($"http://127.0.0.1:{port}");
        options.LaneLease = TimeSpan.FromSeconds(3);
        options.RunWorkers = settings.GetValue<bool>("RunWorkers");
        options.RefreshLease = settings.GetValue("RefreshLease", options.RefreshLease);
        options.MaxParallelRefreshes = settings.GetValue("MaxParallelRefreshes", options.MaxParallelRefreshes);
    })
    .AddMessageHandler<ScriptedAgent>()
    .AddEvents<SpokenEvents>();
if (settings.GetSection("Facebook").Exists())
    integrations.AddFacebook(options => settings.GetSection("Facebook").Bind(options));
if (settings.GetSection("PigeonPost") is { } pigeons && pigeons.Exists())
    integrations.AddPigeonPost(new PigeonPostOptions
    {
        BaseUri = new Uri(pigeons["BaseUri"]!),
        ClientId = pigeons["ClientId"]!,
        ClientSecret = new Integrations.Secret(pigeons["ClientSecret"]!),
        RefreshTimeout = pigeons.GetValue<TimeSpan>("RefreshTimeout"),
    });
if (settings.GetSection("Widget") is { } widget && widget.Exists())
{
    integrations.AddChatWidget().AddEndpoints(options => options.Widget.PingInterval = widget.GetValue<TimeSpan>("PingInterval"));
    if (widget["Redis"] is { } redis)
        integrations.AddRedisBackplane(redis);
    if (widget["PostgreSql"] is { } postgreSql)
        integrations.AddPostgreSqlBackplane(postgreSql);
}

if (settings["Database"] == "sqlite")
    integrations.AddSqliteStore(settings["ConnectionString"]!);
else
    integrations.AddEntityFrameworkStore<HostDbContext>().Services.AddDbContextFactory<HostDbContext>(options => options.UseNpgsql(settings["ConnectionString"]));

var app = builder.Build();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.MapIntegrations();
await app.StartAsync();
Console.WriteLine("READY");
// Once: from its first refresh on, this host takes its share.
var hasRefreshed = 0;
using var meters = new MeterListener { InstrumentPublished = (instrument, listener) =>
{
    if (instrument.Name == "integrations.refresh.duration")
        listener.EnableMeasurementEvents(instrument);
} };
meters.SetMeasurementEventCallback<double>((_, _, _, _) =>
{
    if (Interlocked.Exchange(ref hasRefreshed, 1) == 0)
        Console.WriteLine("REFRESHED");
});
meters.Start();
await app.WaitForShutdownAsync();
