using System.Globalization;
using StackHub.Web.Errors;
using StackHub.Web.Paging;

namespace StackHub.Web.Audit.Parts;

/// <summary>A part of a list that is at hand as a whole.</summary>
internal sealed record Slice<T>(IReadOnlyList<T> Items, int Total, string? Next);

internal static class Slice
{
    /// <param name="list">The list with its filters: a cursor of another one is refused.</param>
    public static (Slice<T>? Slice, ProblemResult? Problem) Of<T>(IEnumerable<T> items, PageQuery page, Cursors cursors, string list)
    {
        var (place, take, problem) = cursors.Read(page, list);
        if (problem is not null)
            return (null, problem);
        var all = items as IReadOnlyList<T> ?? [.. items];
        var from = place is null ? 0 : int.Parse(place, NumberStyles.None, CultureInfo.InvariantCulture);
        var next = from + take < all.Count ? (from + take).ToString(CultureInfo.InvariantCulture) : null;
        return (new([.. all.Skip(from).Take(take)], all.Count, cursors.Write(next, list)), null);
    }
}
