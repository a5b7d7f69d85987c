using System.Collections.Frozen;
using System.Collections.Immutable;

namespace StackHub.Lifecycle.Machine;

/// <summary>The stages, who may set them and what may follow: data, of one version.</summary>
public sealed class LifecycleMachine
{
    private readonly FrozenDictionary<string, Stage> stages;
    private readonly FrozenDictionary<string, int> ranks;

    /// <param name="authorities">The highest first.</param>
    public LifecycleMachine(int version, string start, ImmutableArray<string> authorities, IEnumerable<Stage> stages)
    {
        Stage[] all = [.. stages];
        if (Problems(start, authorities, all).ToArray() is { Length: > 0 } problems)
            throw new ArgumentException(string.Join(Environment.NewLine, problems.AsEnumerable()), nameof(stages));
        (Version, Authorities) = (version, authorities);
        this.stages = all.ToFrozenDictionary(stage => stage.Name, StringComparer.Ordinal);
        ranks = authorities.Select((name, index) => KeyValuePair.Create(name, index)).ToFrozenDictionary(StringComparer.Ordinal);
        Path = [.. all.Where(stage => stage.Order is not null).OrderBy(stage => stage.Order)];
        Start = this.stages[start];
    }

    public static LifecycleMachine Default { get; } = MachineFile.ReadDefault();

    public int Version { get; }

    public Stage Start { get; }

    public ImmutableArray<string> Authorities { get; }

    /// <summary>The success path in order.</summary>
    public ImmutableArray<Stage> Path { get; }

    public IEnumerable<Stage> Stages => stages.Values.OrderBy(stage => stage.Order ?? int.MaxValue).ThenBy(stage => stage.Name, StringComparer.Ordinal);

    public Stage this[string name] => stages[name];

    public Stage? Find(string name) => stages.GetValueOrDefault(name);

    /// <summary>Zero is the highest authority; one that is not listed is behind all.</summary>
    public int Rank(string authority) => ranks.GetValueOrDefault(authority, ranks.Count);

    /// <summary>Whether a stage leads to another over listed edges, along the success path.</summary>
    public bool Leads(Stage from, Stage to)
    {
        if (from.Next.Contains(to.Name))
            return true;
        if (to.Order is not { } goal)
            return false; // a detour is entered only from where it is listed
        return from.Next.Select(name => stages[name]).Any(step => step.Order < goal && !(step.Order <= from.Order) && Leads(step, to));
    }

    /// <summary>Everything that is wrong with a machine.</summary>
    public static IEnumerable<MachineProblem> Problems(string start, ImmutableArray<string> authorities, IReadOnlyList<Stage> stages)
    {
        var names = stages.Select(stage => stage.Name).ToHashSet(StringComparer.Ordinal);
        if (!names.Contains(start))
            yield return new(null, $"The machine starts at '{start}', which is no stage.", $"Name one of {string.Join(", ", names.Order(StringComparer.Ordinal))}.");
        foreach (var stage in stages)
        {
            foreach (var name in stage.Next.Concat(stage.Reopens).Where(name => !names.Contains(name)))
                yield return new(stage.Name, $"Stage '{stage.Name}' leads to '{name}', which is no stage.", "Add it, or take it out.");
            foreach (var name in stage.Authorities.Where(name => !authorities.Contains(name)))
                yield return new(stage.Name, $"Stage '{stage.Name}' may be set by '{name}', which is no authority.", "Add it to authorities.");
            if (stage.Authorities.IsEmpty)
                yield return new(stage.Name, $"Nobody may set stage '{stage.Name}'.", "Name its authority.");
        }

        var reached = Reached(start, stages);
        foreach (var lost in stages.Where(stage => names.Contains(start) && !reached.Contains(stage.Name)))
            yield return new(lost.Name, $"No stage leads to '{lost.Name}' from '{start}'.", "Name it under next, or cycle, of a stage that is reached.");
    }

    private static HashSet<string> Reached(string start, IReadOnlyList<Stage> stages)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { start };
        var waiting = new Queue<string>(reached);
        while (waiting.TryDequeue(out var name))
            foreach (var next in stages.Where(stage => stage.Name == name).SelectMany(stage => stage.Next.Concat(stage.Reopens)).Where(reached.Add))
                waiting.Enqueue(next);
        return reached;
    }
}
