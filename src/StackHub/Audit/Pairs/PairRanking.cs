namespace StackHub.Audit.Pairs;

/// <summary>The most redundant pairs of each tool; a pair stays that is among the first of either.</summary>
internal sealed class PairRanking(int tools, int most)
{
    private readonly PriorityQueue<int, (double, int)>?[] best = new PriorityQueue<int, (double, int)>?[tools];

    public int Added { get; private set; }

    public void Add(int first, int second, double redundancy)
    {
        Added++;
        Add(first, second, (redundancy, -second));
        Add(second, first, (redundancy, -first));
    }

    public IReadOnlyCollection<(int First, int Second)> Kept()
    {
        var kept = new HashSet<(int, int)>();
        for (var tool = 0; tool < best.Length; tool++)
            foreach (var (other, _) in best[tool] is { } queue ? queue.UnorderedItems.AsEnumerable() : [])
                kept.Add((Math.Min(tool, other), Math.Max(tool, other)));
        return kept;
    }

    private void Add(int tool, int other, (double, int) rank)
    {
        var queue = best[tool] ??= new();
        if (queue.Count < most)
            queue.Enqueue(other, rank);
        else
            queue.EnqueueDequeue(other, rank);
    }
}
