using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Integrations.AspNetCore;

/// <summary>Makes and reads visitors' tokens. All hosts must share the key ring of Data Protection.</summary>
internal sealed class VisitorTokens(IDataProtectionProvider protection, TimeProvider time, TimeSpan lifetime)
{
    private const string Purpose = "Integrations.ChatWidget.Visitor.v1";
    private const int MaxLength = 8192;

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    public string Write(Visitor visitor) => _protector.Protect(JsonSerializer.Serialize(visitor, WidgetJsonContext.Default.Visitor));

    public DateTimeOffset ExpiryOf(Visitor visitor) => DateTimeOffset.FromUnixTimeSeconds(visitor.IssuedAt) + lifetime;

    /// <summary>Who it says. Null if it is not ours, of another widget or site, revoked, or too old.</summary>
    public Visitor? Read(string? token, Guid integrationId, int epoch, string? origin)
    {
        if (token is not { Length: > 0 and <= MaxLength })
            return null;
        Visitor? visitor;
        try
        {
            visitor = JsonSerializer.Deserialize(_protector.Unprotect(token), WidgetJsonContext.Default.Visitor);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return visitor is not null && visitor.IntegrationId == integrationId && visitor.Epoch == epoch && ExpiryOf(visitor) > time.GetUtcNow()
            && (origin is null || string.Equals(visitor.Origin, origin, StringComparison.Ordinal))
            ? visitor
            : null;
    }
}
