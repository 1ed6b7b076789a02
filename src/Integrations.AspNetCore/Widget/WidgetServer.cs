using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integrations.AspNetCore;

/// <summary>Made once for each mapping: what the widget's endpoints share.</summary>
internal sealed class WidgetServer
{
    public WidgetServer(EndpointSetup setup, IServiceProvider services)
    {
        Options = setup.Options.Widget;
        Logger = setup.Logger;
        OwnOrigin = setup.Site.Origin;
        Time = services.GetRequiredService<TimeProvider>();
        Intake = services.GetRequiredService<IWidgetIntake>();
        Channel = Intake.Channel!;
        Conversations = services.GetRequiredService<IConversationStore>();
        Uploads = services.GetService<IWidgetUploads>();
        Challenge = services.GetService<IWidgetChallenge>();
        Tokens = new VisitorTokens(services.GetRequiredService<IDataProtectionProvider>(), Time, Options.SessionLifetime);
        Limits = new WidgetLimits(Options);
        Sites = new WidgetSites(this);
        Gate = new WidgetGate(this);
        Lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        Streams = new WidgetStreams(services.GetRequiredService<IWidgetBackplane>(), Options, Time);
        Lifetime.ApplicationStopped.Register(() =>
        {
            Streams.Dispose();
            Limits.Dispose();
        });
    }

    public IntegrationsWidgetOptions Options { get; }

    public ILogger Logger { get; }

    /// <summary>The host's own pages may show any of its widgets: the preview is one.</summary>
    public string OwnOrigin { get; }

    public TimeProvider Time { get; }

    public IWidgetIntake Intake { get; }

    public IWidgetChannel Channel { get; }

    public IConversationStore Conversations { get; }

    public IWidgetUploads? Uploads { get; }

    /// <summary>Makes addresses of a visitor's uploads.</summary>
    public Func<string, Uri?> AddressesOf(IntegrationKey key, string visitorId) => upload => Uploads?.AddressOf(key, visitorId, upload);

    public IWidgetChallenge? Challenge { get; }

    public VisitorTokens Tokens { get; }

    public WidgetLimits Limits { get; }

    public WidgetSites Sites { get; }

    public WidgetGate Gate { get; }

    public WidgetStreams Streams { get; }

    public IHostApplicationLifetime Lifetime { get; }
}
