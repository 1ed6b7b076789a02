using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>One channel of a deployment: as stored, as asked for, and what is wrong with that.</summary>
internal sealed class ChannelDraft
{
    public required IntegrationType Type { get; init; }

    /// <summary>The provider. Null if the type cannot be used.</summary>
    public IIntegrationProvider? Provider { get; init; }

    /// <summary>What is stored. Null if nothing is.</summary>
    public StoredIntegration? Stored { get; init; }

    /// <summary>The settings to be, opened and normalised. Empty if there are errors.</summary>
    public JsonObject Details { get; init; } = [];

    /// <summary>True if that is what is stored already.</summary>
    public bool IsUnchanged { get; init; }

    public IReadOnlyList<DetailsError> Errors { get; init; } = [];

    public ProviderError? Error { get; init; }

    public bool IsValid => Errors.Count == 0 && Error is null;

    public ChannelAction Action => !IsValid ? ChannelAction.None : Stored is null ? ChannelAction.Create : IsUnchanged ? ChannelAction.Keep : ChannelAction.Update;

    public bool NeedsAuthorization =>
        IsValid && Provider!.Descriptor.Authorization != AuthorizationKind.None
        && ChannelSwitch.NeedsAuthorization(Stored?.Connection.State ?? ConnectionState.Pending);

    public ChannelPlan ToPlan() => new()
    {
        Type = Type,
        Action = Action,
        NeedsAuthorization = NeedsAuthorization,
        IsLive = Stored is { Record.IsLive: true } && !ChannelSwitch.NeedsAuthorization(Stored.Connection.State),
        Errors = Errors,
        Error = Error,
    };
}
