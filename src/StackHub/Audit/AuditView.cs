using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Audit.Inventory;
using StackHub.Audit.Measuring;
using StackHub.Audit.Pairs;

namespace StackHub.Audit;

/// <summary>An inventory, the settings, and what several checks need of both, measured once. It is pure: the same in, the same out.</summary>
public sealed class AuditView
{
    private readonly FrozenDictionary<ToolId, ToolUse> uses;
    private readonly FrozenDictionary<ToolId, ToolHealth> health;

    public AuditView(StackInventory stack, AuditSettings settings)
    {
        Stack = stack;
        Settings = settings;
        uses = stack.Tools.ToFrozenDictionary(tool => tool.Id, tool => ToolUse.Of(tool, stack, settings));
        Flows = DataFlows.Of(stack);
        FlowsOf = Flows.ToLookup(flow => flow.Tool);
        Readers = FieldReaders.Of(stack);
        Erasure = [.. stack.Tools.Select(tool => ErasureLevels.Of(tool, FlowsOf[tool.Id]))];
        health = stack.Tools.ToFrozenDictionary(tool => tool.Id, tool => Healths.Of(tool, uses[tool.Id], this));
        (Pairs, PairsLeftOut) = new PairFinder(this).Find();
    }

    public StackInventory Stack { get; }

    public AuditSettings Settings { get; }

    public ImmutableArray<DataFlow> Flows { get; }

    public ILookup<ToolId, DataFlow> FlowsOf { get; }

    public FieldReaders Readers { get; }

    public ImmutableArray<ErasureReadiness> Erasure { get; }

    /// <summary>Pairs that overlap enough for a verdict, the most redundant first.</summary>
    public ImmutableArray<PairOverlap> Pairs { get; }

    /// <summary>Pairs beyond the most that are listed for one tool.</summary>
    public int PairsLeftOut { get; }

    public ToolUse Use(ToolId tool) => uses[tool];

    public ToolHealth Health(ToolId tool) => health[tool];

    public ImmutableArray<ToolHealth> AllHealth => [.. Stack.Tools.Select(tool => health[tool.Id])];
}
