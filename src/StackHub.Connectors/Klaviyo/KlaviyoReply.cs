using System.Net;

namespace StackHub.Connectors.Klaviyo;

/// <summary>Klaviyo's answer about one profile (or none, for a job): the profile, or its error.</summary>
internal sealed record KlaviyoReply(HttpStatusCode Status, KlaviyoProfile? Profile, KlaviyoError? Error)
{
    public bool IsSuccess => Error is null;

    public bool IsMissing => Status == HttpStatusCode.NotFound;

    public bool IsConflict => Status == HttpStatusCode.Conflict;

    public override string ToString() => $"HTTP {(int)Status}";
}

/// <summary>A page of profiles; none when the vendor does not know the cursor any more.</summary>
internal sealed record KlaviyoPageReply(IReadOnlyList<KlaviyoProfile>? Profiles, string? Cursor)
{
    public static readonly KlaviyoPageReply CursorLost = new(null, null);
}

/// <summary>An import that was taken, or why not.</summary>
internal sealed record KlaviyoJobReply(KlaviyoJob? Job, KlaviyoError? Error);
