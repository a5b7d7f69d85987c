namespace StackHub.Web.Routing.Simulating;

/// <summary>A member's leads as bars: under the rules in force, and under the candidate.</summary>
/// <param name="Part">Where their weight's part of the candidate's leads ends; null where the candidate does not have them.</param>
public sealed record FairnessBar(string Owner, int Top, int? Before, double BeforeWidth, int? After, double AfterWidth, double? Part);

/// <summary>The picture of how a pool gives its leads.</summary>
public sealed record FairnessModel(string Pool, int Place, IReadOnlyList<FairnessBar> Bars)
{
    public const int Width = 340;
    public const int Left = 92;
    public const int Longest = 180;
    private const int Row = 42;

    public int Height => (Bars.Count * Row) + 4;

    public string Description => string.Join("; ", Bars.Select(bar => $"{bar.Owner} {bar.Before?.ToString() ?? "none"} in force, {bar.After?.ToString() ?? "none"} under the candidate"));

    public static FairnessModel Of(SimulatedPool pool, int place)
    {
        var (before, after) = (Members(pool.Before), Members(pool.After));
        var most = Math.Max(1, before.Values.Concat(after.Values).Max(share => (int?)share.Given) ?? 1);
        var weights = after.Values.Sum(share => share.Weight);
        return new(pool.Pool, place,
        [
            .. (pool.Before?.Members ?? []).Concat(pool.After?.Members ?? []).Select(share => share.Owner).Distinct().Select((owner, row) =>
            {
                var (was, now) = (before.GetValueOrDefault(owner), after.GetValueOrDefault(owner));
                return new FairnessBar(owner, row * Row, was?.Given, Length(was?.Given ?? 0), now?.Given, Length(now?.Given ?? 0), now is null ? null : Math.Min(Longest, Length((double)pool.After!.Given * now.Weight / weights)));
            }),
        ]);

        double Length(double leads) => Math.Round(leads * Longest / most, 1);
    }

    private static Dictionary<string, SimulatedShare> Members(SimulatedFairness? pool) => (pool?.Members ?? []).ToDictionary(share => share.Owner, StringComparer.Ordinal);
}
