namespace StackHub.Sandbox.Hosting;

/// <summary>One operation of a vendor: where it listens, what it is called in the statistics, and who answers.</summary>
internal sealed record Endpoint(string Method, string Route, string Operation, Func<Call, Answer> Handle)
{
    /// <summary>True for a call that changes records.</summary>
    public bool IsWrite { get; init; }

    /// <summary>True for sign-in calls, which need no token and count against no limit.</summary>
    public bool IsSignIn { get; init; }

    /// <summary>The media type the body must have; null when any will do.</summary>
    public string? BodyType { get; init; }

    /// <summary>A second media type that is taken as well.</summary>
    public string? OtherBodyType { get; init; }

    /// <summary>True when the operation reads from the lagging search index.</summary>
    public bool IsSearch { get; init; }

    public bool Takes(string? mediaType) => BodyType is null || Same(BodyType, mediaType) || (OtherBodyType is not null && Same(OtherBodyType, mediaType));

    private static bool Same(string one, string? other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    public static Endpoint Get(string route, string operation, Func<Call, Answer> handle) =>
        new("GET", route, operation, handle);

    public static Endpoint Post(string route, string operation, Func<Call, Answer> handle) =>
        new("POST", route, operation, handle) { BodyType = JsonBody, IsWrite = true };

    /// <summary>A POST that only reads.</summary>
    public static Endpoint Ask(string route, string operation, Func<Call, Answer> handle) =>
        new("POST", route, operation, handle) { BodyType = JsonBody };

    public static Endpoint Put(string route, string operation, Func<Call, Answer> handle) =>
        new("PUT", route, operation, handle) { BodyType = JsonBody, IsWrite = true };

    public static Endpoint Patch(string route, string operation, Func<Call, Answer> handle) =>
        new("PATCH", route, operation, handle) { BodyType = JsonBody, IsWrite = true };

    public static Endpoint Delete(string route, string operation, Func<Call, Answer> handle) =>
        new("DELETE", route, operation, handle) { IsWrite = true };

    public const string JsonBody = "application/json";
}
