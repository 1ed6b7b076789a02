namespace Integrations.AspNetCore;

/// <summary>Rules of request fields. Each collects its error and goes on, so that all are told at once.</summary>
internal sealed class RequestRules
{
    private readonly List<IntegrationFieldError> _errors = [];

    /// <summary>Null if nothing is wrong.</summary>
    public Failure? Failure => _errors.Count == 0 ? null : new Failure
    {
        Status = 400,
        Code = "invalid_request",
        Title = "The request is not valid.",
        Detail = "See errors.",
        Errors = _errors,
    };

    public void Add(string path, string code, string message) =>
        _errors.Add(new IntegrationFieldError { Path = path, Code = code, Message = message });

    public Guid Required(Guid? id, string path)
    {
        if (id is null)
            Add(path, "required", "This id is required.");
        return id ?? default;
    }

    public string Required(string? text, string path)
    {
        if (string.IsNullOrEmpty(text))
            Add(path, "required", "This is required.");
        return text ?? "";
    }

    public IntegrationType Type(string? text, string path)
    {
        if (IntegrationType.TryParse(text, out var type))
            return type;
        Add(path, text is null ? "required" : "not_a_type", "This must be an integration type, such as 'facebook'.");
        return default;
    }

    public void ReturnPath(string? path)
    {
        if (path is not null && !LocalPath.IsLocal(path))
            Add("$.return_path", "not_local", "This must be a path of this host that starts with a single '/'.");
    }
}
