using System.Collections.Immutable;
using StackHub.Audit.Inventory;
using StackHub.Audit.Measuring;

namespace StackHub.Audit;

/// <summary>All an audit says: what reports are written from.</summary>
public sealed record AuditReport(StackInventory Stack, AuditRun Run)
{
    /// <summary>Open ones first, then the gravest; accepted and (of this run) fixed ones too.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>By tool id.</summary>
    public ImmutableArray<ToolHealth> Health { get; init; } = [];

    /// <summary>Pairs that overlap, the most redundant first.</summary>
    public ImmutableArray<PairOverlap> Pairs { get; init; } = [];

    /// <summary>Pairs beyond the most that are listed for one tool.</summary>
    public int PairsLeftOut { get; init; }

    public ImmutableArray<DataFlow> Flows { get; init; } = [];

    public ImmutableArray<ErasureReadiness> Erasure { get; init; } = [];

    /// <summary>Money a year that nobody gets anything for, by currency.</summary>
    public ImmutableArray<Waste> Waste { get; init; } = [];

    public static AuditReport Of(AuditView view, AuditRun run, ImmutableArray<Finding> findings) => new(view.Stack, run)
    {
        Findings = findings,
        Health = view.AllHealth,
        Pairs = view.Pairs,
        PairsLeftOut = view.PairsLeftOut,
        Flows = view.Flows,
        Erasure = view.Erasure,
        Waste = Wastes.Of(view),
    };

    public override string ToString() => $"audit {Run.Id}: {Findings.Length} findings";
}
