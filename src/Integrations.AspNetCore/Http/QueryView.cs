using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>
/// A request's query as the contract wants it, parsed only when asked for. Repeated parameters are joined with commas, so that
/// a second <c>hub.challenge</c> spoils the first instead of hiding behind it.
/// </summary>
internal sealed class QueryView(HttpRequest request) : IReadOnlyDictionary<string, string>
{
    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no parameter '{key}'.");

    public IEnumerable<string> Keys => request.Query.Keys;

    public IEnumerable<string> Values => request.Query.Select(q => q.Value.ToString());

    public int Count => request.Query.Count;

    public bool ContainsKey(string key) => request.Query.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        var found = request.Query.TryGetValue(key, out var values);
        value = found ? values.ToString() : null;
        return found;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        request.Query.Select(q => KeyValuePair.Create(q.Key, q.Value.ToString())).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
