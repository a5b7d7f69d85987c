using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Web.Records;

namespace StackHub.Web.Merges;

/// <summary>A page of merges, with the names of the records.</summary>
public sealed record MergesModel(IReadOnlyList<MergeEntry> Merges, IReadOnlyDictionary<RecordId, RecordName> Names, string? Next, bool IsLater)
{
    public override string ToString() => $"{Merges.Count} merges";
}
