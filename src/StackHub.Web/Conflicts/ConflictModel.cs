using StackHub.Records;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.Conflicts;

/// <summary>One case, with all that helps to decide it.</summary>
/// <param name="Record">Null when it is gone.</param>
/// <param name="Other">The other one of a pair.</param>
public sealed record ConflictModel(ConflictView Conflict, RecordView? Record, RecordView? Other, IReadOnlyList<ComparedField> Fields)
{
    /// <summary>The pair can still be decided: both are there, and neither lives on elsewhere.</summary>
    public bool IsPair => Record is { MergedInto: null } && Other is { MergedInto: null };

    public static ConflictModel Of(ConflictView conflict, RecordView? record, RecordView? other, IReadOnlyDictionary<RecordId, RecordName> names) => new(
        conflict, record, other, record is null || other is null ? [] : [.. Compare(record, other, names)]);

    private static IEnumerable<ComparedField> Compare(RecordView record, RecordView other, IReadOnlyDictionary<RecordId, RecordName> names) =>
        from field in record.Values.Keys.Union(other.Values.Keys)
        let left = record.Values.GetValueOrDefault(field)
        let right = other.Values.GetValueOrDefault(field)
        where left is not null || right is not null
        select new ComparedField(Names.Of(field), Shown(left, names), Shown(right, names), left is null || right is null ? null : string.Equals(left, right, StringComparison.OrdinalIgnoreCase));

    private static string? Shown(string? text, IReadOnlyDictionary<RecordId, RecordName> names) =>
        ShownValue.Ids(text).ToArray() is { Length: > 0 } ids ? string.Join(", ", ids.Select(id => names.GetValueOrDefault(id)?.Title ?? id.ToString())) : text;

    public override string ToString() => $"conflict {Conflict.Id}";
}

/// <summary>A field of two records.</summary>
/// <param name="Same">Null when only one of them has a value.</param>
public sealed record ComparedField(string Field, string? Left, string? Right, bool? Same)
{
    public override string ToString() => $"compared {Field}";
}
