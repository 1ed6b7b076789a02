using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests;

public sealed class Answer(int status, string body, HttpResponseHeaders headers)
{
    public int Status => status;

    public string Body => body;

    public JsonObject Json => JsonNode.Parse(body)!.AsObject();

    public int? Code => (int?)Json["error"]?["code"];

    public int? Subcode => (int?)Json["error"]?["error_subcode"];

    public string Message => Json["error"]?["message"]?.ToString() ?? "";

    public string Text(string name) => Json[name]?.ToString() ?? throw new InvalidOperationException($"No {name} in {body}");

    public string Header(string name) => headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    public void AssertRefused(int code, int? subcode = null, int status = 400) => Assert.Equal((code, subcode, status), (Code ?? 0, Subcode, Status));
}
