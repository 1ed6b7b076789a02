using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Tells an owner what to put into a page.</summary>
internal sealed class EmbedApi(EndpointSetup setup)
{
    public async Task<IResult> FindAsync(
        HttpContext http, Guid id, [FromServices] IIntegrationReader reader, [FromServices] IWidgetIntake intake, CancellationToken ct)
    {
        if (intake.Channel is not { } channel || await reader.FindAsync(new IntegrationKey(http.CurrentUser().ClientId, id), ct) is not { } view
            || view.Type != ((IIntegrationProvider)channel).Descriptor.Type)
            return ManagementContext.Problem(Failure.NotFound);
        return ManagementContext.Ok(Describe(channel.Script, id), IntegrationsJsonContext.Default.IntegrationEmbedResponse);
    }

    private IntegrationEmbedResponse Describe(WidgetScript script, Guid id)
    {
        var file = new ScriptFile(script);
        var floating = setup.Addresses.Widget($"v{script.Version}/{ScriptFile.FloatingName}").AbsoluteUri;
        var pinned = setup.Addresses.Widget($"v{script.Version}/{file.PinnedName}").AbsoluteUri;
        return new IntegrationEmbedResponse
        {
            ScriptUrl = floating,
            PinnedUrl = pinned,
            Integrity = file.Integrity,
            Snippet = $"<script type=\"module\" async src=\"{HtmlEncoder.Default.Encode(floating)}\" data-integration=\"{id}\"></script>",
            PinnedSnippet = $"<script type=\"module\" async src=\"{HtmlEncoder.Default.Encode(pinned)}\" integrity=\"{file.Integrity}\" crossorigin=\"anonymous\" "
                + $"data-integration=\"{id}\"></script>",
        };
    }
}
