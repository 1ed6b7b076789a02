using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>Makes the inbox refuse what comes in, as a database that is down does.</summary>
internal sealed class FaultyInbox
{
    public bool IsDown { get; set; }

    public void Wrap(IServiceCollection services)
    {
        var real = services.Last(s => s.ServiceType == typeof(IMessageInbox));
        services.Replace(ServiceDescriptor.Singleton(provider => Decorated(
            (IMessageInbox)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!))));
    }

    private IMessageInbox Decorated(IMessageInbox inner)
    {
        var proxy = System.Reflection.DispatchProxy.Create<IMessageInbox, Proxy>();
        ((Proxy)(object)proxy).Set(this, inner);
        return proxy;
    }

#pragma warning disable CA1852 // The proxy's class is derived from at run time.
    public class Proxy : System.Reflection.DispatchProxy
    {
#pragma warning restore CA1852
        private FaultyInbox _owner = null!;
        private IMessageInbox _inner = null!;

        internal void Set(FaultyInbox owner, IMessageInbox inner) => (_owner, _inner) = (owner, inner);

        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args) =>
            _owner.IsDown && targetMethod!.Name == nameof(IMessageInbox.AcceptAsync)
                ? Task.FromException<IReadOnlyList<AcceptOutcome>>(new TimeoutException("The database is down."))
                : targetMethod!.Invoke(_inner, args);
    }
}
