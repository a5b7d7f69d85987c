using System.Collections.Immutable;
using StackHub.Sync.Runs;

namespace StackHub.Web.Runs;

/// <summary>A run of this process: what it reports as it goes.</summary>
internal sealed class LiveRun(RunView start) : IProgress<BackfillReport>, IProgress<ReconcileReport>
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, BackfillReport> byType = new(StringComparer.Ordinal);
    private long changes;
    private long enqueued;
    private long compared;
    private RunView view = start;

    public RunView View
    {
        get
        {
            lock (gate)
                return view;
        }
    }

    public void Report(BackfillReport value) => Change($"{value.System}/{value.ObjectType}", () => byType[$"{value.System}/{value.ObjectType}"] = value);

    public void Report(ReconcileReport value) => Change("differences", () => (compared, enqueued) = (value.Records, value.Enqueued));

    /// <summary>Changes read from a system's feed.</summary>
    public void Polled(string system, int count) => Change(system, () => changes += count);

    public void End(RunState state, DateTimeOffset at, string? error)
    {
        lock (gate)
            view = view with { State = state, FinishedAt = at, At = null, Error = error };
    }

    private void Change(string at, Action change)
    {
        lock (gate)
        {
            change();
            view = view with { At = at, Report = Counts() };
        }
    }

    private ImmutableSortedDictionary<string, long> Counts() => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, long>
    {
        ["records"] = byType.Values.Sum(report => report.Records),
        ["newRecords"] = byType.Values.Sum(report => (long)report.Applied.NewRecords),
        ["changedRecords"] = byType.Values.Sum(report => (long)report.Applied.ChangedRecords),
        ["linked"] = byType.Values.Sum(report => (long)report.Applied.Linked),
        ["suppressed"] = byType.Values.Sum(report => (long)report.Applied.Suppressed),
        ["changes"] = changes,
        ["compared"] = compared,
        ["enqueued"] = enqueued,
    }.Where(count => count.Value > 0));
}
