using System.Collections.Immutable;

namespace StackHub.Audit.Pairs;

/// <summary>
/// Finds the pairs that overlap without comparing all with all: a pair needs a capability in common, one of the rarest of the tool that
/// has less (without these, what remains cannot reach a verdict), or records the hub sees in both.
/// </summary>
internal sealed class PairFinder(AuditView view)
{
    /// <summary>Beyond as many tools the hub sees into, records are compared only where a capability is shared too.</summary>
    private const int MostByRecords = 300;

    private readonly PairTools tools = new(view);
    private readonly PairRanking ranking = new(view.Stack.Tools.Length, view.Settings.PairsPerTool);

    public (ImmutableArray<PairOverlap> Pairs, int LeftOut) Find()
    {
        ByCapabilities();
        ByRecords();
        var kept = ranking.Kept();
        return ([.. kept.Select(pair => new PairMaker(view, tools).Make(pair.First, pair.Second)).OrderByDescending(pair => pair.Redundancy).ThenBy(pair => pair.First).ThenBy(pair => pair.Second)], ranking.Added - kept.Count);
    }

    /// <summary>The least containment with which a pair can still reach a verdict, were all else the same.</summary>
    private double LeastContainment => Math.Max(0.01, ((view.Settings.ReviewFrom * (RedundancyScore.Capabilities + RedundancyScore.Users)) - RedundancyScore.Users) / RedundancyScore.Capabilities);

    private void ByCapabilities()
    {
        var holders = Holders();
        var (shared, users, capabilities) = (new double[tools.All.Length], new int[tools.UserCount], new int[tools.Weights.Length]);
        var touched = new List<int>();
        for (var smaller = 0; smaller < tools.All.Length; smaller++)
        {
            var left = tools.Sums[smaller];
            foreach (var capability in tools.Capabilities[smaller])
            {
                // What is rarer was tried; a tool that has none of it cannot share enough of the rest.
                if (left < LeastContainment * tools.Sums[smaller])
                    break;
                left -= tools.Weights[capability];
                Gather(smaller, holders[capability], shared, tools.Weights[capability], touched);
            }

            Mark(users, smaller);
            Mark(capabilities, smaller, tools.Capabilities[smaller]);
            foreach (var larger in touched)
            {
                Try(smaller, larger, (shared[larger] + Math.Max(0, left)) / tools.Sums[smaller], users, capabilities);
                shared[larger] = 0;
            }

            touched.Clear();
        }
    }

    private void Gather(int smaller, List<int> holders, double[] shared, double weight, List<int> touched)
    {
        foreach (var larger in holders)
        {
            if (tools.Sums[larger] < tools.Sums[smaller] || (tools.Sums[larger] == tools.Sums[smaller] && larger <= smaller))
                continue;
            if (shared[larger] == 0)
                touched.Add(larger);
            shared[larger] += weight;
        }
    }

    /// <summary>The smaller tool's people, so that each other tool's are counted in one walk.</summary>
    private void Mark(int[] users, int tool) => Mark(users, tool, tools.Users[tool] ?? []);

    private static void Mark(int[] marks, int tool, int[] members)
    {
        foreach (var member in members)
            marks[member] = tool + 1;
    }

    /// <param name="most">The containment at most, since common capabilities were not walked.</param>
    private void Try(int smaller, int larger, double most, int[] users, int[] capabilities)
    {
        if (tools.SeesInto(smaller) && tools.SeesInto(larger))
            return; // their records tell more, below
        double? userShare = tools.Users[smaller] is { } own && tools.Users[larger] is { } others
            ? Math.Min(own.Length, others.Length) is var least && least > 0 ? (double)Marked(users, smaller, others) / least : 0
            : null;
        if (RedundancyScore.Of(most, null, null, userShare).Redundancy < view.Settings.ReviewFrom - 1e-9)
            return;
        var weight = 0.0;
        foreach (var capability in tools.Capabilities[larger])
            weight += capabilities[capability] == smaller + 1 ? tools.Weights[capability] : 0;
        Rank(smaller, larger, RedundancyScore.Of(Math.Min(1, weight / tools.Sums[smaller]), null, null, userShare));
    }

    private static int Marked(int[] marks, int tool, int[] members)
    {
        var count = 0;
        foreach (var member in members)
            count += marks[member] == tool + 1 ? 1 : 0;
        return count;
    }

    private void Rank(int one, int other, (double Redundancy, double Measured) score)
    {
        if (RedundancyScore.Verdict(score.Redundancy, score.Measured, assumed: true, view.Settings) != PairVerdict.Distinct)
            ranking.Add(Math.Min(one, other), Math.Max(one, other), score.Redundancy);
    }

    private void ByRecords()
    {
        var seen = Enumerable.Range(0, tools.All.Length).Where(tools.SeesInto).ToArray();
        for (var first = 0; first < seen.Length; first++)
            for (var second = first + 1; second < seen.Length; second++)
                if (seen.Length <= MostByRecords || tools.All[seen[first]].Activated.Overlaps(tools.All[seen[second]].Activated))
                    Rank(seen[first], seen[second], Score(seen[first], seen[second]));
    }

    private (double Redundancy, double Measured) Score(int one, int other) => RedundancyScore.Of(
        tools.CapabilityOverlap(one, other)?.Containment, tools.RecordOverlap(one, other)?.Containment, tools.FieldOverlap(one, other)?.Containment, tools.UserOverlap(one, other)?.Containment);

    private List<int>[] Holders()
    {
        var holders = new List<int>[tools.Weights.Length];
        for (var capability = 0; capability < holders.Length; capability++)
            holders[capability] = [];
        for (var tool = 0; tool < tools.All.Length; tool++)
            foreach (var capability in tools.Capabilities[tool])
                holders[capability].Add(tool);
        return holders;
    }
}
