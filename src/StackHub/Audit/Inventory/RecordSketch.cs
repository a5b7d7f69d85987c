using System.Collections.Immutable;

namespace StackHub.Audit.Inventory;

/// <summary>
/// Which records a tool holds, as the least <see cref="Size"/> of their hashes: enough to say of any two tools how many records they share,
/// exactly while both are small, within some three per cent of the union beyond. It names nobody.
/// </summary>
public sealed record RecordSketch(long Count, ImmutableArray<ulong> Least)
{
    public const int Size = 1_024;

    public static readonly RecordSketch Empty = new(0, []);

    public bool IsExact => Count <= Size;

    /// <summary>How many records both hold.</summary>
    public long Shared(RecordSketch other)
    {
        var (union, both) = (0, 0);
        for (int left = 0, right = 0; union < Size && (left < Least.Length || right < other.Least.Length); union++)
        {
            var order = left == Least.Length ? 1 : right == other.Least.Length ? -1 : Least[left].CompareTo(other.Least[right]);
            both += order == 0 ? 1 : 0;
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }

        if (IsExact && other.IsExact && Count + other.Count - both <= Size)
            return both;
        var jaccard = union == 0 ? 0 : (double)both / union;
        return Math.Min(Math.Min(Count, other.Count), (long)Math.Round(jaccard / (1 + jaccard) * (Count + other.Count)));
    }
}
