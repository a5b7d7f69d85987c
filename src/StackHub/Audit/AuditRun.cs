using System.Collections.Immutable;

namespace StackHub.Audit;

/// <summary>One run and how it differs from the one before it. Findings are named by id.</summary>
/// <param name="Id">Sorts by time.</param>
public sealed record AuditRun(string Id, DateTimeOffset At)
{
    public int Tools { get; init; }

    public int UsageRows { get; init; }

    /// <summary>Open findings by severity, in the order of <see cref="Severity"/>.</summary>
    public ImmutableArray<int> Open { get; init; } = [];

    /// <summary>Mean health of all tools; null without any.</summary>
    public double? Health { get; init; }

    /// <summary>Money a year wasted, by currency.</summary>
    public ImmutableSortedDictionary<string, decimal> Waste { get; init; } = ImmutableSortedDictionary<string, decimal>.Empty;

    public ImmutableArray<string> New { get; init; } = [];

    public ImmutableArray<string> Gone { get; init; } = [];

    public ImmutableArray<string> Changed { get; init; } = [];

    public int OpenAt(Severity severity) => (int)severity < Open.Length ? Open[(int)severity] : 0;

    public override string ToString() => $"audit run {Id}";
}
