using System.Text.Json.Nodes;
using Xunit;

namespace Integrations.Testing;

/// <summary>
/// What every provider must do, as far as it can be told without its platform: descriptor, consent address and details. Derive from it
/// with a fixture, and from <see cref="ProviderWebhookConformance{TFixture}"/> if the platform calls in; the calls to the platform are
/// for tests of your own.
/// </summary>
/// <param name="fixture">The provider.</param>
public abstract class ProviderConformance<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : ProviderFixture
{
    private const string Canary = "canary-0123456789-canary";

    /// <summary>The fixture.</summary>
    protected TFixture Fixture { get; } = fixture ?? throw new ArgumentNullException(nameof(fixture));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IIntegrationProvider Provider => Fixture.Provider;

    private IntegrationDescriptor Descriptor => Provider.Descriptor;

    /// <summary>The descriptor says what the runtime and a catalog need.</summary>
    [Fact]
    public void The_descriptor_is_whole_and_the_same_each_time()
    {
        var descriptor = Descriptor;
        Assert.True(IntegrationType.TryParse(descriptor.Type.Value, out _), "Descriptor.Type must not be default.");
        Assert.False(string.IsNullOrWhiteSpace(descriptor.DisplayName), "Descriptor.DisplayName must say something.");
        Assert.Equal((descriptor.Type, descriptor.DisplayName, descriptor.Authorization), (Descriptor.Type, Descriptor.DisplayName, Descriptor.Authorization));
        Assert.Equal(descriptor.RequiredScopes.Concat(descriptor.OptionalScopes).Distinct(StringComparer.Ordinal), descriptor.RequiredScopes.Concat(descriptor.OptionalScopes));
        Assert.True(descriptor.Messaging.MaxTextLength >= 4, "Messaging.MaxTextLength must hold the longest single character: at least 4.");
        Assert.True(descriptor.Refresh.RequestTimeout > TimeSpan.Zero, "Refresh.RequestTimeout must be positive.");
    }

    /// <summary>What the descriptor promises, the provider can do.</summary>
    [Fact]
    public void The_interfaces_keep_what_the_descriptor_promises()
    {
        if (Descriptor.Authorization == AuthorizationKind.OAuth2)
            Assert.NotEmpty(Descriptor.AuthorizationHosts);
        if (Descriptor.Authorization == AuthorizationKind.Credentials)
        {
            var fields = Assert.IsAssignableFrom<ICredentialForm>(Provider).Fields;
            Assert.NotEmpty(fields);
            Assert.Equal(fields.Count, fields.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count());
        }

        if (Provider is IActivationProbe)
            Assert.IsAssignableFrom<IChannelActivator>(Provider);
        if (Provider is IWebhookAccountReader)
            Assert.IsAssignableFrom<IWebhookReceiver>(Provider);
        if (Provider is IWebhookReceiver)
            Assert.True(
                GetType().Assembly.GetTypes().Any(t => t is { IsAbstract: false, IsVisible: true } && typeof(ProviderWebhookConformance<TFixture>).IsAssignableFrom(t)),
                $"The provider receives webhooks. Derive a public class from ProviderWebhookConformance<{typeof(TFixture).Name}> too, or nothing about them is tested.");
    }

    /// <summary>Where accounts are connected in the browser, the consent address holds what it was given, unchanged, on a host the descriptor names.</summary>
    [Fact]
    public async Task The_consent_address_holds_what_it_was_given()
    {
        if (Descriptor.Authorization != AuthorizationKind.OAuth2)
            return;
        var context = new AuthorizeContext
        {
            State = new Secret("state-of_the.suite~1"),
            RedirectUri = new Uri("https://host.example/integrations/suite/callback"),
            Scopes = Descriptor.RequiredScopes,
            CodeChallenge = Descriptor.Pkce == PkceMode.S256 ? "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" : null,
        };

        var address = (await Provider.AuthorizeAsync(context, Ct)).Uri;

        Assert.Contains(address.Host, Descriptor.AuthorizationHosts);
        var values = address.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .Select(pair => Uri.UnescapeDataString(pair[1])).ToList();
        Assert.Contains(context.State.Reveal(), values);
        Assert.Contains(context.RedirectUri.AbsoluteUri, values);
        if (context.CodeChallenge is { } challenge)
            Assert.Contains(challenge, values);
    }

    /// <summary>A valid document stays as it is when it is validated again, and keeps what the provider does not know.</summary>
    [Fact]
    public async Task Valid_details_are_normalised_once_and_keep_unknown_properties()
    {
        var details = JsonNode.Parse(Fixture.ConnectedDetails)!.AsObject();
        details["property_of_a_later_version"] = new JsonObject { ["a"] = 1 };

        var once = await ValidateAsync(details.ToJsonString(), true);
        var twice = await ValidateAsync(once.Details.ToJsonString(), true);

        Assert.Equal("{\"a\":1}", once.Details["property_of_a_later_version"]?.ToJsonString());
        Assert.True(JsonNode.DeepEquals(once.Details, twice.Details), $"Validated again it is another document: {Names(once.Details)} and {Names(twice.Details)}.");
    }

    /// <summary>People write comments and trailing commas into settings.</summary>
    [Fact]
    public async Task Comments_and_trailing_commas_are_allowed()
    {
        var text = Fixture.ConnectedDetails.TrimEnd()[..^1].TrimEnd().TrimEnd(',');
        await ValidateAsync($"// of a person\n{text}{(text.EndsWith('{') ? "" : ",")} /* the end */ }}", true);
    }

    /// <summary>The form of a client that has set nothing yet.</summary>
    [Fact]
    public async Task The_empty_form_is_an_answer_before_connecting() =>
        Assert.NotNull(await Provider.ValidateDetailsAsync(new DetailsValidationContext { Json = "{}" }, Ct));

    /// <summary>What is no document is refused as a value.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"a\":}")]
    public async Task What_is_no_object_is_refused_and_nothing_is_thrown(string text)
    {
        var result = await Provider.ValidateDetailsAsync(new DetailsValidationContext { Json = text }, Ct);

        Assert.False(result.IsValid, $"'{text}' is no JSON object, and was taken for valid details.");
        Check(result.Errors);
    }

    /// <summary>JSON that parsers read differently, or only when its values are asked for.</summary>
    [Theory]
    [InlineData("\"twice\":1,\"twice\":2,")]
    [InlineData("\"half\":\"\\ud83d\",")]
    public async Task What_is_barely_json_is_an_answer(string property)
    {
        var text = Fixture.ConnectedDetails.Trim();
        Check((await Provider.ValidateDetailsAsync(new DetailsValidationContext { Json = $"{{{property}{text[1..]}", IsConnected = true }, Ct)).Errors);
        Check((await Provider.ValidateDetailsAsync(new DetailsValidationContext { Json = $"{{{property}}}", IsConnected = false }, Ct)).Errors);
    }

    /// <summary>Every property with every kind of value: errors have their path, and never repeat what was written.</summary>
    [Fact]
    public async Task Every_property_with_every_kind_of_value_is_an_answer()
    {
        var valid = (await ValidateAsync(Fixture.ConnectedDetails, true)).Details;
        foreach (var name in valid.Select(p => p.Key).Concat(Descriptor.SecretDetails).Distinct(StringComparer.Ordinal))
            foreach (var value in new[] { "null", "true", "-1", "1e300", "\"\"", $"\"{Canary}\"", $"[\"{Canary}\"]", $"{{\"{Canary}\":1}}", $"\"{new string('x', 20_000)}\"" })
            {
                var changed = valid.DeepClone().AsObject();
                changed[name] = JsonNode.Parse(value);
                var result = await Provider.ValidateDetailsAsync(new DetailsValidationContext { Json = changed.ToJsonString(), IsConnected = true }, Ct);
                Check(result.Errors);
                if (Descriptor.SecretDetails.Contains(name))
                    Assert.All(result.Errors, e => Assert.DoesNotContain(Canary, e.Message, StringComparison.Ordinal));
            }
    }

    private async Task<DetailsValidationResult> ValidateAsync(string json, bool isConnected)
    {
        var result = await Provider.ValidateDetailsAsync(new DetailsValidationContext { Json = json, IsConnected = isConnected }, Ct);
        Assert.True(result.IsValid, $"ProviderFixture.ConnectedDetails should be valid: {string.Join(" ", result.Errors.Select(e => $"{e.Path} {e.Code}: {e.Message}"))}");
        return result;
    }

    private static string Names(JsonObject details) => string.Join(", ", details.Select(p => p.Key));

    private static void Check(IReadOnlyList<DetailsError> errors) => Assert.All(errors, e =>
    {
        Assert.StartsWith("$", e.Path, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(e.Code) || string.IsNullOrWhiteSpace(e.Message), $"The error at {e.Path} lacks a code or a message.");
    });
}
