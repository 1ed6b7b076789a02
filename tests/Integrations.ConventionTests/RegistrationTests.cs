using Microsoft.Extensions.DependencyInjection;

namespace Integrations.ConventionTests;

public sealed class RegistrationTests
{
    [Fact]
    public void Every_registration_is_safe_to_call_twice()
    {
        var once = Register(new ServiceCollection());
        var twice = Register(Register(new ServiceCollection()));
        // Options delegates add up by design of the options system; everything else must not.
        Assert.Equal(Count(once), Count(twice));
    }

    private static int Count(IServiceCollection services) =>
        services.Count(s => s.ServiceType.Namespace?.StartsWith("Microsoft.Extensions.Options", StringComparison.Ordinal) != true
            && s.ServiceType.Namespace?.StartsWith("Microsoft.Extensions.Http", StringComparison.Ordinal) != true);

    private static ServiceCollection Register(ServiceCollection services)
    {
        services.AddIntegrations(o => o.PublicBaseUri = new Uri("https://chat.example.com"))
            .AddFacebook(o =>
            {
                o.AppId = "1";
                o.AppSecret = "s";
                o.VerifyToken = "v";
            })
            .AddChatWidget()
            .AddPostgreSqlBackplane("Host=127.0.0.1")
            .AddRedisBackplane("127.0.0.1")
            .AddEmailNotifications(o =>
            {
                o.Host = "mail.example.com";
                o.From = "alerts@example.com";
            })
            .AddSqliteStore("Data Source=integrations.db");
        return services;
    }
}
