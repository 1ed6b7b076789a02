namespace Integrations;

/// <summary>The one place a sealed secret belongs to. Moved to another client, integration or field it does not open.</summary>
public readonly record struct SecretScope
{
    /// <summary>Creates a scope.</summary>
    /// <param name="key">The integration.</param>
    /// <param name="field">The column or details property, for example <c>auth_token</c> or <c>details.page_access_token</c>.</param>
    public SecretScope(IntegrationKey key, string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        Key = key;
        Field = field;
    }

    /// <summary>The integration.</summary>
    public IntegrationKey Key { get; }

    /// <summary>The column or details property.</summary>
    public string Field { get; }
}
