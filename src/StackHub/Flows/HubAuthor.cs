using StackHub.Records;

namespace StackHub.Flows;

/// <summary>The hub as an author of values: a system without connector, whose record is the hub's own.</summary>
public static class HubAuthor
{
    public static readonly SystemId System = new("stackhub");

    public static ExternalRef Of(RecordId id, RecordKind kind) => new(System, kind.ToString().ToLowerInvariant(), id.ToString());
}
