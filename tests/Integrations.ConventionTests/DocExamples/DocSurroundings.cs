namespace Integrations.ConventionTests;

/// <summary>What the reader of an example has already: a web project's usings, a builder, and classes of their own.</summary>
internal static class DocSurroundings
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Security.Cryptography.X509Certificates;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Integrations;
        global using Integrations.AspNetCore;
        global using Integrations.EntityFramework;
        global using Integrations.Notifications.Email;
        global using Integrations.Providers.Facebook;
        global using Integrations.Providers.Instagram;
        global using Integrations.Providers.Meta;
        global using Integrations.Testing;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.EntityFrameworkCore;
        global using Microsoft.EntityFrameworkCore.Migrations;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.DependencyInjection.Extensions;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Xunit;
        global using TheReader;
        global using static TheReader.Has;
        """;

    public const string Types = """
        namespace TheReader
        {
            public static class Has
            {
                public static WebApplicationBuilder builder = WebApplication.CreateBuilder();
                public static IServiceCollection services = builder.Services;
                public static IConfiguration configuration = builder.Configuration;
                public static WebApplication app = builder.Build();
                public static ModelBuilder modelBuilder = new();
                public static string connectionString = "", appSecret = "";
                public static byte[] rawBody = [];
                public static IHeaderDictionary headers = new HeaderDictionary();
                public static X509Certificate2 certificate = null!;
                public static ISecretMaintenance maintenance = null!;
                public static IIntegrationConnector connector = null!;
                public static MetaSimulator meta = null!;
                public static Guid? saved;
                public static TimeProvider clock = TimeProvider.System;
                public static Uri authorizationUrl = new("https://dialog.example/");
                public static CancellationToken ct;
                public static void Save(Guid? after) { }
            }

            public sealed class Client { public Guid Id { get; set; } }
            public sealed class Chat { public Guid Id { get; set; } }
            public interface MyAgent : IMessageHandler;
            public interface MyEvents : IIntegrationEvents;
            public interface MyAgentStatus : IAgentStatusSink;
            public interface MyChats : IIntegrationChatGuard;
            public interface AcmeIntegrationStore : IIntegrationStore;
            public interface AcmeAuthorizationStore : IAuthorizationStore;
            public interface AcmeContactStore : IContactStore;
            public interface AcmeMessageInbox : IMessageInbox;
            public interface AcmeConversationStore : IConversationStore;
            public interface AcmeEventOutbox : IEventOutbox;
            public interface AcmeDeletionStore : IDeletionStore;

            /// <summary>Stands in for OpenTelemetry.Extensions.Hosting, which these tests do not reference.</summary>
            public sealed class Telemetry
            {
                public Telemetry WithMetrics(Action<Telemetry> configure) => this;
                public Telemetry WithTracing(Action<Telemetry> configure) => this;
                public Telemetry AddMeter(string name) => this;
                public Telemetry AddSource(string name) => this;
                public Telemetry AddAspNetCoreInstrumentation() => this;
                public Telemetry AddHttpClientInstrumentation() => this;
            }

            public static class TelemetryExtensions
            {
                public static Telemetry AddOpenTelemetry(this IServiceCollection services) => new();
            }
        }
        """;
}
