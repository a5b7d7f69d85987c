using StackHub.Audit;
using StackHub.Web.Shell;

namespace StackHub.Web.Audit.Parts;

/// <summary>The picture of open findings from run to run: a column a run, the oldest first.</summary>
public sealed record TrendModel(IReadOnlyList<TrendColumn> Columns)
{
    public const int Plot = 150;
    public const int Top = 24;
    public const int Pitch = 58;
    public const int Bar = 34;
    public const int Left = 8;
    public const int Height = Top + Plot + Foot;
    private const int Foot = 26;
    private const int MostRuns = 12;
    private static readonly Severity[] Order = [Severity.High, Severity.Medium, Severity.Low, Severity.Info];

    public int Width => Left + Math.Max(4, Columns.Count) * Pitch;

    /// <param name="runs">In any order.</param>
    public static TrendModel Of(IEnumerable<AuditRun> runs)
    {
        var shown = runs.OrderByDescending(run => run.At).Take(MostRuns).Reverse().ToArray();
        var most = Math.Max(1, shown.Select(run => run.Open.Sum()).DefaultIfEmpty().Max());
        return new([.. shown.Select((run, index) => Column(run, Left + index * Pitch + (Pitch - Bar) / 2, most))]);
    }

    /// <summary>The picture in words.</summary>
    public string Description => string.Join(" ", Columns.Select(column => $"{Instants.Exact(column.Run.At)}: {string.Join(", ", Order.Select(severity => $"{column.Run.OpenAt(severity)} {severity.ToString().ToLowerInvariant()}"))}."));

    private static TrendColumn Column(AuditRun run, int x, int most)
    {
        var floor = Top + Plot;
        var parts = new List<TrendPart>();
        foreach (var severity in Order.Where(severity => run.OpenAt(severity) > 0))
        {
            var height = Math.Max(2, run.OpenAt(severity) * Plot / most);
            parts.Add(new(severity, floor -= height, height));
        }
        return new(run, x, floor, parts);
    }
}

/// <param name="Y">The top of its topmost part.</param>
public sealed record TrendColumn(AuditRun Run, int X, int Y, IReadOnlyList<TrendPart> Parts);

public sealed record TrendPart(Severity Severity, int Y, int Height);
