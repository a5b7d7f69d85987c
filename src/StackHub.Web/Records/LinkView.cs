using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>A record's presence in one system.</summary>
/// <param name="Ref">The vendor's record, as "system/type/id".</param>
/// <param name="Active">False when it was deleted there, or moved on.</param>
/// <param name="SeenAt">When the system last showed it alive.</param>
/// <param name="Complete">Every mapped field was read at least once.</param>
public sealed record LinkView(ExternalRef Ref, bool Active, DateTimeOffset SeenAt, bool Complete, IReadOnlyList<RefusalView> Refusals)
{
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Where it went on: a merge's survivor, a converted lead's contact.</summary>
    public ExternalRef? MovedTo { get; init; }

    public static LinkView Of(LinkedRecord link) => new(
        link.Ref, link.Active, link.SeenAt, link.Complete, [.. link.Refusals.Select(refusal => new RefusalView(refusal.Key, refusal.Value.Code, refusal.Value.At))])
    {
        DeletedAt = link.DeletedAt,
        MovedTo = link.MovedTo,
    };
}

/// <summary>A value the vendor refused for good.</summary>
/// <param name="Field">The canonical field; "*" for the whole record.</param>
public sealed record RefusalView(string Field, string Code, DateTimeOffset At);
