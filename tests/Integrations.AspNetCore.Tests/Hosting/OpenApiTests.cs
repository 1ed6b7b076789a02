using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.AspNetCore.Tests;

public sealed partial class OpenApiTests
{
    [Fact]
    public async Task Every_route_is_in_the_document_with_name_summary_tag_and_path_parameters()
    {
        var (document, app) = await DocumentAsync();
        await using var _ = app;
        var routes = app.Routes.Where(r => r.RoutePattern.RawText!.StartsWith("/integrations", StringComparison.Ordinal)).ToList();
        Assert.Equal(26, routes.Count);
        foreach (var route in routes)
        {
            var path = Constraint().Replace(route.RoutePattern.RawText!, "}");
            var method = route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single().ToLowerInvariant();
            var operation = document.GetProperty("paths").GetProperty(path).GetProperty(method);
            Assert.StartsWith("Integrations", operation.GetProperty("operationId").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.StartsWith("Integrations: ", operation.GetProperty("tags")[0].GetString(), StringComparison.Ordinal);
            Assert.Equal(
                route.RoutePattern.Parameters.Select(p => p.Name),
                operation.TryGetProperty("parameters", out var parameters)
                    ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString()!)
                    : []);
        }
    }

    [Fact]
    public async Task Every_management_route_has_the_schemas_of_its_body_its_answer_and_its_problems()
    {
        var (document, app) = await DocumentAsync();
        await using var _ = app;
        var operations = document.GetProperty("paths").EnumerateObject()
            .Where(p => p.Name.StartsWith("/integrations/api/", StringComparison.Ordinal))
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: p.Name, Method: o.Name, Operation: o.Value)))
            .ToList();
        Assert.Equal(16, operations.Count);
        foreach (var (path, method, operation) in operations)
        {
            var responses = operation.GetProperty("responses");
            // An export is a document of its own form, written as it is read.
            if (!path.EndsWith("/export", StringComparison.Ordinal))
                AssertSchema(document, responses.GetProperty("200").GetProperty("content").GetProperty("application/json"));
            AssertSchema(document, responses.GetProperty("401").GetProperty("content").GetProperty("application/problem+json"));
            var hasBody = method == "post" && (!path.Contains("/{id}/", StringComparison.Ordinal) || path.EndsWith("/erase", StringComparison.Ordinal));
            Assert.Equal(hasBody, operation.TryGetProperty("requestBody", out var body));
            if (hasBody)
                AssertSchema(document, body.GetProperty("content").GetProperty("application/json"));
        }
    }

    [Fact]
    public async Task Names_are_those_on_the_wire_whatever_the_hosts_json_settings_are()
    {
        var (document, app) = await DocumentAsync();
        await using var _ = app;
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal(
            ["chat_id", "channels"], schemas.GetProperty("IntegrationDeployRequest").GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        var names = schemas.EnumerateObject().Where(s => s.Name.StartsWith("Integration", StringComparison.Ordinal))
            .SelectMany(s => s.Value.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(p => p.Name) : []);
        Assert.All(names, name => Assert.Equal(name.ToLowerInvariant(), name));
        Assert.Contains("\"reconnect_required\"", document.GetRawText(), StringComparison.Ordinal);
    }

    private static void AssertSchema(JsonElement document, JsonElement content)
    {
        var reference = content.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
        Assert.NotEmpty(document.GetProperty("components").GetProperty("schemas").GetProperty(reference).GetProperty("properties").EnumerateObject());
    }

    private static async Task<(JsonElement Document, TestApp App)> DocumentAsync()
    {
        var app = await TestApp.StartAsync(services: s => s.AddOpenApi(), map: a =>
        {
            a.MapIntegrations();
            a.MapOpenApi();
        });
        return (await (await app.Anonymous.GetPageAsync("/openapi/v1.json")).JsonAsync(), app);
    }

    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();
}
