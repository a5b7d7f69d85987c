using StackHub.Web.Shell;

namespace StackHub.Web.Runs;

/// <summary>How a run fares, in words.</summary>
public static class RunStatus
{
    public static Status Of(RunView run) => run.State switch
    {
        RunState.Running => new(Tone.Busy, "Running"),
        RunState.Succeeded => new(Tone.Good, "Succeeded"),
        RunState.Failed => new(Tone.Bad, "Failed"),
        _ => new(Tone.Warning, "Interrupted"),
    };

    public static string Counted(RunView run) =>
        run.Report.IsEmpty ? "nothing" : string.Join(", ", run.Report.Select(count => $"{count.Value:N0} {Names.Of(count.Key).ToLowerInvariant()}"));
}
