using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>A provider whose channel is a widget on web pages, served by the host itself.</summary>
public interface IWidgetChannel
{
    /// <summary>The script pages embed. The same object each time.</summary>
    WidgetScript Script { get; }

    /// <summary>What the server must know. Total: what is missing or wrong has its default.</summary>
    WidgetSettings ReadSettings(JsonObject details);

    /// <summary>
    /// What browsers may know, and nothing else: written property by property, so that a new property of the details stays inside
    /// until someone decides otherwise.
    /// </summary>
    /// <param name="details">The details document.</param>
    /// <param name="locale">The language the page asks for. Null for the widget's own.</param>
    JsonObject Project(JsonObject details, string? locale);
}
