namespace StackHub.Audit.Pairs;

/// <summary>Containment and likeness of two sets.</summary>
public static class Sets
{
    public static Overlap Overlap(long first, long second, long shared) =>
        new(first, second, shared, Share(shared, Math.Min(first, second)), Share(shared, first + second - shared));

    /// <summary>Containment by weight; likeness by number, as catalogues give it.</summary>
    public static Overlap Overlap(IReadOnlySet<string> first, IReadOnlySet<string> second, Func<string, double> weight)
    {
        var shared = first.Where(second.Contains).ToArray();
        var least = Math.Min(first.Sum(weight), second.Sum(weight));
        var plain = Overlap(first.Count, second.Count, shared.Length);
        return plain with { Containment = least > 0 ? Math.Min(1, shared.Sum(weight) / least) : 0 };
    }

    /// <summary>How many numbers two rising lists share.</summary>
    public static int Shared(int[] first, int[] second)
    {
        var shared = 0;
        for (int left = 0, right = 0; left < first.Length && right < second.Length;)
        {
            var order = first[left].CompareTo(second[right]);
            shared += order == 0 ? 1 : 0;
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }

        return shared;
    }

    private static double Share(long part, long whole) => whole > 0 ? (double)part / whole : 0;
}
