using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests.Secrets;

/// <summary>The real Data Protection with keys that tests rotate and lose. After each change it is as after a restart.</summary>
internal sealed class KeyRing : ISecretProtector, ISealedTextInspector, IDisposable
{
    private readonly Repository _keys = new();
    private ServiceProvider _services;
    private ISecretProtector _inner;

    public KeyRing() => (_services, _inner) = Start(_keys);

    /// <summary>Makes a new key the current one; older ones still open.</summary>
    public void Rotate()
    {
        var now = TimeProvider.System.GetUtcNow();
        _services.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));
        Restart();
    }

    /// <summary>Loses all keys but the newest.</summary>
    public void LoseOld()
    {
        _keys.Elements.RemoveRange(0, _keys.Elements.Count - 1);
        Restart();
    }

    /// <summary>Loses every key; a new one is made.</summary>
    public void LoseAll()
    {
        _keys.Elements.Clear();
        Restart();
    }

    public string Protect(Secret secret, SecretScope scope) => _inner.Protect(secret, scope);

    public bool TryUnprotect(string sealedText, SecretScope scope, out Secret secret) => _inner.TryUnprotect(sealedText, scope, out secret);

    public bool LooksSealed(string text) => Inspector.LooksSealed(text);

    public bool IsCurrent(string sealedText, SecretScope scope) => Inspector.IsCurrent(sealedText, scope);

    public void Dispose() => _services.Dispose();

    private ISealedTextInspector Inspector => (ISealedTextInspector)_inner;

    private void Restart()
    {
        _services.Dispose();
        (_services, _inner) = Start(_keys);
    }

    private static (ServiceProvider Services, ISecretProtector Protector) Start(Repository keys)
    {
        var services = new ServiceCollection();
        services.AddDataProtection();
        services.Configure<KeyManagementOptions>(o => o.XmlRepository = keys);
        var provider = services.BuildServiceProvider();
        return (provider, new DataProtectionSecretProtector(provider.GetRequiredService<IDataProtectionProvider>()));
    }

    private sealed class Repository : IXmlRepository
    {
        public List<XElement> Elements { get; } = [];

        public IReadOnlyCollection<XElement> GetAllElements() => [.. Elements];

        public void StoreElement(XElement element, string friendlyName) => Elements.Add(element);
    }
}
