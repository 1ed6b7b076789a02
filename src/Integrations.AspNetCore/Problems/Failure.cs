namespace Integrations.AspNetCore;

/// <summary>Why a request was not done, for a page or for a problem document. All texts are ours or marked safe by a provider.</summary>
internal sealed class Failure
{
    public required int Status { get; init; }

    /// <summary>Stable; programs compare it.</summary>
    public required string Code { get; init; }

    /// <summary>Short, the same for every failure with this code.</summary>
    public required string Title { get; init; }

    /// <summary>What to do.</summary>
    public string? Detail { get; init; }

    public IReadOnlyList<IntegrationFieldError> Errors { get; init; } = [];

    public ProviderError? Error { get; init; }

    /// <summary>When to come back. Null for whenever, or as <see cref="Error"/> says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Failure Unauthenticated { get; } = new()
    {
        Status = 401,
        Code = "unauthenticated",
        Title = "Please sign in first.",
        Detail = "This page is for people who are signed in and belong to a client.",
    };

    public static Failure NotFound { get; } = new() { Status = 404, Code = "not_found", Title = "There is no such integration." };

    public static Failure UnknownType { get; } = new() { Status = 404, Code = "unknown_type", Title = "There is no such integration type." };

    public static Failure UnknownChat { get; } = new() { Status = 404, Code = "unknown_chat", Title = "There is no such chat." };

    public static Failure UnknownChoice { get; } = new()
    {
        Status = 404,
        Code = "choice_unknown",
        Title = "This choice is no longer open.",
        Detail = "It was made already, took too long, or was started by someone else or in another browser. Connect again.",
    };

    public static Failure ForeignOrigin { get; } = new()
    {
        Status = 403,
        Code = "foreign_origin",
        Title = "This request did not come from our page.",
        Detail = "Go back and send the form from the page itself.",
    };

    public static Failure FormExpired { get; } = new()
    {
        Status = 400,
        Code = "state_expired",
        Title = "This took too long.",
        Detail = "Nothing was sent to the platform. Type the hidden fields once more, and connect again.",
    };

    public static Failure TooLong { get; } = new()
    {
        Status = 414,
        Code = "address_too_long",
        Title = "The address is too long.",
        Detail = "Go back and connect again.",
    };

    public static Failure TooMany(TimeSpan wait) => new()
    {
        Status = 429,
        Code = "too_many_requests",
        Title = "That was too often.",
        Detail = "Wait a minute and connect again.",
        RetryAfter = wait,
    };

    public static Failure Invalid(string path, string code, string message) => new()
    {
        Status = 400,
        Code = "invalid_request",
        Title = "The request is not valid.",
        Detail = message,
        Errors = [new IntegrationFieldError { Path = path, Code = code, Message = message }],
    };
}
