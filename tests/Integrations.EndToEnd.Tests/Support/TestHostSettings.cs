using Integrations.Providers.Facebook;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>What differs between the hosts of different tests.</summary>
internal sealed class TestHostSettings
{
    public AgentScript Agent { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ILoggerProvider? Logs { get; init; }

    public Action<IntegrationsOptions>? Runtime { get; init; }

    public Action<FacebookOptions>? Facebook { get; init; }

    public Action<IntegrationsBuilder>? Integrations { get; init; }
}
