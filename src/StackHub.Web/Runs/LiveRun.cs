using System.Collections.Immutable;
using StackHub.Sync.Runs;

namespace StackHub.Web.Runs;

/// <summary>A run that this process carries out: what it reports as it goes.</summary>
internal sealed class LiveRun(RunView start) : IProgress<BackfillReport>, IProgress<ReconcileReport>
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, BackfillReport> byType = new(StringComparer.Ordinal);
    /// <summary>What an interrupted run had counted, where the count does not go on by itself.</summary>
    private readonly ImmutableSortedDictionary<string, long> before = start.Report;

    private long changes;
    private long enqueued;
    private long compared;
    private string? place = start.Place;
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

    public void Report(ReconcileReport value) => Change("differences", () => (compared, enqueued, place) = (value.Records, value.Enqueued, value.Next));

    /// <summary>Changes read from a system's feed.</summary>
    public void Polled(string system, int count) => Change(system, () => changes += count);

    public void End(RunState state, DateTimeOffset at, string? error)
    {
        lock (gate)
            view = view with { State = state, FinishedAt = at, At = null, Error = error };
    }

    private long Before(string count) => before.GetValueOrDefault(count);

    private void Change(string at, Action change)
    {
        lock (gate)
        {
            change();
            view = view with { At = at, Report = Counts(), Place = place };
        }
    }

    private ImmutableSortedDictionary<string, long> Counts() => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, long>
    {
        ["records"] = byType.Values.Sum(report => report.Records),
        ["newRecords"] = Before("newRecords") + byType.Values.Sum(report => (long)report.Applied.NewRecords),
        ["changedRecords"] = Before("changedRecords") + byType.Values.Sum(report => (long)report.Applied.ChangedRecords),
        ["linked"] = Before("linked") + byType.Values.Sum(report => (long)report.Applied.Linked),
        ["suppressed"] = Before("suppressed") + byType.Values.Sum(report => (long)report.Applied.Suppressed),
        ["changes"] = Before("changes") + changes,
        ["compared"] = Before("compared") + compared,
        ["enqueued"] = Before("enqueued") + enqueued,
    }.Where(count => count.Value > 0));
}
