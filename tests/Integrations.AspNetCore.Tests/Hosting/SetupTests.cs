using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class SetupTests
{
    [Fact]
    public async Task Mapping_without_the_runtime_says_what_to_call()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var exception = Assert.Throws<IntegrationException>(() => app.MapIntegrations());
        Assert.Equal(IntegrationErrorKind.Configuration, exception.Kind);
        Assert.Contains("AddIntegrations", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mapping_without_a_public_address_names_the_setting()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddIntegrations();
        await using var app = builder.Build();
        Assert.Contains("Integrations:PublicBaseUri", Assert.Throws<IntegrationException>(() => app.MapIntegrations()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_authorization_mapping_says_what_to_call(bool authentication)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddIntegrations(o => o.PublicBaseUri = new Uri("https://chat.example.com"));
        if (authentication)
            builder.Services.AddAuthentication().AddCookie();
        await using var app = builder.Build();
        foreach (var map in new Func<RouteGroupBuilder>[] { app.MapIntegrations, app.MapIntegrationsConnect, app.MapIntegrationsManagement })
        {
            var exception = Assert.Throws<IntegrationException>(map);
            Assert.Equal(IntegrationErrorKind.Configuration, exception.Kind);
            Assert.Contains("AddAuthentication()", exception.Message, StringComparison.Ordinal);
            Assert.Contains("AddAuthorization()", exception.Message, StringComparison.Ordinal);
        }

        // Platforms do not sign in.
        app.MapIntegrationsWebhooks();
        app.MapIntegrationsNotices();
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("channels")]
    public async Task A_page_of_the_host_must_be_a_local_path(string path)
    {
        var builder = Builder();
        builder.Services.AddIntegrations().AddEndpoints(o => o.AccountPagePath = path);
        await using var app = builder.Build();
        Assert.Contains("AccountPagePath", Assert.Throws<IntegrationException>(() => app.MapIntegrations()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nothing_but_AddIntegrations_and_a_sign_in_the_defaults_hold()
    {
        await using var app = Builder().Build();
        app.MapIntegrations();
        Assert.NotEmpty(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints));
    }

    [Theory]
    [InlineData(SameSiteMode.Strict, true)]
    [InlineData(SameSiteMode.Lax, false)]
    public async Task A_cookie_policy_that_breaks_every_connect_is_told_when_mapping(SameSiteMode mode, bool told)
    {
        await using var app = await TestApp.StartAsync(services: s => s.Configure<CookiePolicyOptions>(o => o.MinimumSameSitePolicy = mode));
        Assert.Equal(told, app.Log.Entries.Any(e => e.Id == 4000));
    }

    [Theory]
    [InlineData(LogLevel.Information, true)]
    [InlineData(LogLevel.Warning, false)]
    public async Task A_request_log_that_would_hold_codes_is_told_when_mapping(LogLevel level, bool told)
    {
        await using var app = await TestApp.StartAsync(services: s => s.AddLogging(l => l.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", level)));
        Assert.Equal(told, app.Log.Entries.Any(e => e.Id == 4001));
    }

    [Fact]
    public async Task A_host_that_does_not_guard_its_chats_is_told_where_people_name_them()
    {
        await using var unguarded = await TestApp.StartAsync();
        Assert.Contains(unguarded.Log.Entries, e => e.Id == 4003);
        await using var guarded = await TestApp.StartAsync(services: s => new IntegrationsBuilder(s).AddChatGuard<Closed>());
        Assert.DoesNotContain(guarded.Log.Entries, e => e.Id == 4003);
        await using var webhooks = await TestApp.StartAsync(map: a => a.MapIntegrationsWebhooks());
        Assert.DoesNotContain(webhooks.Log.Entries, e => e.Id == 4003);
    }

    [Fact]
    public async Task Each_group_can_be_mapped_alone_and_carries_its_tag_and_the_hosts_conventions()
    {
        await using var app = await TestApp.StartAsync(map: a =>
        {
            a.MapIntegrationsConnect().WithMetadata("mine");
            a.MapIntegrationsWebhooks();
            a.MapIntegrationsNotices();
            a.MapIntegrationsManagement();
        });
        var tags = app.Routes.GroupBy(r => Assert.Single(r.Metadata.GetRequiredMetadata<ITagsMetadata>().Tags)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(5, tags[IntegrationsEndpointTags.Connect]);
        Assert.Equal(2, tags[IntegrationsEndpointTags.Webhooks]);
        Assert.Equal(3, tags[IntegrationsEndpointTags.Notices]);
        Assert.Equal(16, tags[IntegrationsEndpointTags.Management]);
        Assert.Equal(5, app.Routes.Count(r => r.Metadata.GetMetadata<string>() == "mine"));
    }

    [Fact]
    public async Task One_group_alone_leaves_the_others_unmapped()
    {
        await using var app = await TestApp.StartAsync(map: a => a.MapIntegrationsWebhooks());
        app.Webhooks.ReceiveAsync(default, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new WebhookReceipt { Verdict = WebhookVerdict.Accepted });
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.PostJsonAsync("/integrations/facebook/webhook", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Ann.GetPageAsync("/integrations/api/catalog")).StatusCode);
    }

    [Fact]
    public async Task Connect_and_management_are_closed_and_what_platforms_call_is_open()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var route in app.Routes)
        {
            var path = route.RoutePattern.RawText!;
            var open = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var closed = route.Metadata.GetMetadata<IAuthorizeData>() is not null;
            Assert.True(open ^ closed, path);
            var forPeople = path.Contains("/api/", StringComparison.Ordinal) || path.Contains("/accounts/", StringComparison.Ordinal) || path.EndsWith("/connect", StringComparison.Ordinal);
            Assert.Equal(forPeople, closed);
        }
    }

    [Fact]
    public void Settings_and_registrations_may_be_made_twice()
    {
        var services = new ServiceCollection();
        var builder = services.AddIntegrations().AddEndpoints(o => o.MaxNoticeBytes = 1).AddUserAccessor<Nobody>().AddChatGuard<Closed>();
        builder.AddEndpoints(o => o.MaxWebhookBytes = 2).AddUserAccessor<Nobody>().AddChatGuard<Closed>();
        Assert.Single(services, s => s.ServiceType == typeof(IIntegrationUserAccessor));
        Assert.Single(services, s => s.ServiceType == typeof(IIntegrationChatGuard));
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<IntegrationsEndpointOptions>>().Value;
        Assert.Equal((1, 2), (options.MaxNoticeBytes, options.MaxWebhookBytes));
    }

    [Fact]
    public async Task The_hosts_own_accessor_says_who_is_asking()
    {
        await using var app = await TestApp.StartAsync(services: s => new IntegrationsBuilder(s).AddUserAccessor<Nobody>());
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Ann.GetPageAsync("/integrations/api/catalog")).StatusCode);
    }

    [Fact]
    public async Task Other_claims_can_be_named()
    {
        await using var app = await TestApp.StartAsync(o => (o.ClientIdClaim, o.UserIdClaim) = ("sub", "client_id"));
        app.Reader.ListAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs([]);
        await app.Anonymous.GetPageAsync("/integrations/api/integrations", (TestAuthentication.Header, $"ann;{TestApp.ChatId}"));
        await app.Reader.Received(1).ListAsync(Arg.Is<IntegrationQuery>(q => q.ClientId == TestApp.ChatId), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("https://chat.example.com", "/integrations", "https://chat.example.com", "/integrations", true)]
    [InlineData("https://chat.example.com:8443/base/", "/x/y", "https://chat.example.com:8443", "/base/x/y", true)]
    [InlineData("http://localhost:5000", "/integrations", "http://localhost:5000", "/integrations", false)]
    [InlineData("http://[::1]:5000", "/integrations", "http://[::1]:5000", "/integrations", false)]
    [InlineData("https://bücher.example", "/integrations", "https://xn--bcher-kva.example", "/integrations", true)]
    public void The_public_site_is_what_browsers_see(string address, string prefix, string origin, string path, bool secure)
    {
        var site = new PublicSite(new IntegrationsOptions { PublicBaseUri = new Uri(address), PathPrefix = prefix });
        Assert.Equal((origin, path, secure), (site.Origin, site.PathPrefix, site.IsSecure));
    }

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication().AddCookie();
        builder.Services.AddAuthorization();
        builder.Services.AddIntegrations(o => o.PublicBaseUri = new Uri("https://chat.example.com"));
        return builder;
    }

    private sealed class Nobody : IIntegrationUserAccessor
    {
        public Task<IntegrationUser?> FindUserAsync(HttpContext context, CancellationToken ct = default) => Task.FromResult<IntegrationUser?>(null);
    }

    private sealed class Closed : IIntegrationChatGuard
    {
        public Task<bool> MayUseChatAsync(IntegrationUser user, Guid chatId, CancellationToken ct = default) => Task.FromResult(false);
    }
}
