using System.Globalization;
using StackHub.Flows;
using StackHub.Records;

namespace StackHub.Permissions;

/// <summary>
/// The newest thing one source said of one purpose, as it stands on the record itself: in a cell of the hub's own link, so that any order,
/// repetition and merging of records gives the same marks, and every process that reads the record knows them.
/// </summary>
/// <param name="Source">A system's name, or <see cref="Person"/>.</param>
public readonly record struct ConsentMark(string Purpose, string Source, bool IsOptIn, DateTimeOffset At)
{
    /// <summary>The person's own word, which speaks for all sources.</summary>
    public const string Person = "*";

    private const string Prefix = "consent:"; // no field of a file can have a colon in its name
    private const string In = "in";
    private const string Out = "out";

    public string Field => $"{Prefix}{Purpose}:{Source}";

    /// <summary>With the time in it, so that the same word said again is a newer word; of two at one time the opt-out sorts last and wins.</summary>
    public string Value => $"{(IsOptIn ? In : Out)} {At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";

    /// <summary>True for a field in which the hub keeps what it may do, instead of data.</summary>
    public static bool IsMark(string field) => field.StartsWith(Prefix, StringComparison.Ordinal) || field == Restriction.Field;

    public static List<ConsentMark> Of(HubRecord record)
    {
        var marks = new List<ConsentMark>();
        foreach (var link in record.Links)
            if (link.Ref.System == HubAuthor.System)
                foreach (var (field, cell) in link.Cells)
                    if (field.StartsWith(Prefix, StringComparison.Ordinal) && !cell.Seen.IsEmpty && field[Prefix.Length..].Split(':', 2) is [var purpose, var source])
                        marks.Add(new(purpose, source, cell.Seen[^1].Value.Text!.StartsWith(In, StringComparison.Ordinal), cell.Seen[^1].At));
        return marks;
    }
}
