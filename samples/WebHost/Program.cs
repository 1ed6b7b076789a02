using Integrations;
using Microsoft.Extensions.Options;
using WebHost.Agent;
using WebHost.Pages;
using WebHost.Setup;
using WebHost.Users;

try
{
    var builder = WebApplication.CreateBuilder(args);

    var integrations = builder.Services
        .AddIntegrations(options => builder.Configuration.GetSection("Integrations").Bind(options))
        .AddFacebook(options => builder.Configuration.GetSection("Integrations:Facebook").Bind(options))
        .AddChatWidget()
        .AddWidgetUploads(builder.Configuration["Uploads:Folder"] ?? "uploads")
        .AddEndpoints(options => options.AccountPagePath = "/") // this page shows the choice itself; without it there is a built-in one
        .AddMessageHandler<EchoAgent>()
        .AddEvents<OwnerNotices>()
        .AddChatGuard<DemoChatGuard>();
    // An own app at Meta is needed for it, so it stays "coming soon" until there is one.
    if (builder.Configuration.GetSection("Integrations:Instagram") is var instagram && instagram.Exists())
        integrations.AddInstagram(instagram.Bind);
    integrations.AddConfiguredStore(builder.Configuration);

    builder.Services.AddDemoSignIn(builder.Configuration);
    builder.Services.AddKeyRing(builder.Configuration);
    builder.Services.AddOpenApi();

    var app = builder.Build();
    app.UseStaticFiles();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();

    app.MapIntegrations();
    app.MapOpenApi();
    app.MapSignIn();
    app.MapExtensionsPage();
    app.MapWidgetPages();

    await app.CreateConfiguredDatabaseAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception wrong) when (wrong is OptionsValidationException
    or IntegrationException { Kind: IntegrationErrorKind.Configuration }
    or InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" })
{
    await Console.Error.WriteLineAsync($"This host cannot start: {wrong.Message}");
    return 1;
}
