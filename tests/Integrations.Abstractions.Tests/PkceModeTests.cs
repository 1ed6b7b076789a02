namespace Integrations.Abstractions.Tests;

public sealed class PkceModeTests
{
    [Fact]
    public void Plain_cannot_be_said_and_the_default_is_S256()
    {
        Assert.Equal(["NotSupported", "S256"], Enum.GetNames<PkceMode>());
        var descriptor = new IntegrationDescriptor { Type = IntegrationType.Facebook, DisplayName = "F", Authorization = AuthorizationKind.OAuth2 };
        Assert.Equal(PkceMode.S256, descriptor.Pkce);
    }
}
