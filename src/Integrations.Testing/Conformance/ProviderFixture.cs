using System.Diagnostics.CodeAnalysis;

namespace Integrations.Testing;

/// <summary>
/// What an author of a provider gives <see cref="ProviderConformance{TFixture}"/>. The suite calls no platform: it asks for what can be
/// told without one. Make it with whatever the provider needs, such as options with invented secrets.
/// </summary>
public abstract class ProviderFixture
{
    /// <summary>The provider, with options as a host sets them.</summary>
    public abstract IIntegrationProvider Provider { get; }

    /// <summary>A valid details document of a connected integration, with the properties that connecting fills and all secrets.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public abstract string ConnectedDetails { get; }

    /// <summary>
    /// Whether a call's proof covers its body, as a signature does and a fixed token in a header does not. Default true: the suite then
    /// expects every changed body to be refused.
    /// </summary>
    public virtual bool ProofCoversBody => true;

    /// <summary>The body of a webhook call as the platform documents it, with at least one message. Null if the provider receives none.</summary>
    public virtual string? WebhookBody => null;

    /// <summary>
    /// Makes a genuine call of any body, as the platform would: with its headers, query and proof, and for an
    /// <see cref="IWebhookAccountReader"/> with the connection it is for. The same each time. Called only if there is a <see cref="WebhookBody"/>.
    /// </summary>
    public virtual WebhookRequest CreateWebhook(ReadOnlyMemory<byte> body) =>
        throw new NotSupportedException("Override ProviderFixture.CreateWebhook beside WebhookBody: it signs a body as the platform does.");
}
