using Spectre.Console;
using StackHub.Cli.Demo;

namespace StackHub.Cli.Output;

/// <summary>A bar a system for the phase that runs; the next phase begins a new set.</summary>
internal sealed class ProgressBars(IAnsiConsole console) : IDemoScreen
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ProgressTask> bars = new(StringComparer.Ordinal);
    private readonly List<string> later = [];
    private ProgressContext? context;
    private TaskCompletionSource? over;
    private Task display = Task.CompletedTask;

    /// <summary>While bars are shown a line waits for them to be done: it would be drawn through them.</summary>
    public void Say(string line)
    {
        lock (gate)
        {
            if (over is null)
                console.MarkupLineInterpolated($"[grey]{line}[/]");
            else
                later.Add(line);
        }
    }

    public void Progress(string phase, string system, long done, long? total)
    {
        lock (gate)
        {
            if (over is null)
                Start();
            if (!bars.TryGetValue(system, out var bar))
                bars[system] = bar = context!.AddTask($"{Markup.Escape(phase)} {Markup.Escape(system)}", maxValue: Math.Max(1, total ?? 1));
            bar.IsIndeterminate = total is null;
            if (total is { } all)
                bar.MaxValue = Math.Max(1, all);
            bar.Value = total == 0 ? 1 : done;
        }
    }

    public void PhaseDone()
    {
        lock (gate)
        {
            if (over is null)
                return;
            foreach (var bar in bars.Values)
                bar.StopTask();
            over.SetResult();
            display.GetAwaiter().GetResult();
            (over, context) = (null, null);
            bars.Clear();
            foreach (var line in later)
                console.MarkupLineInterpolated($"[grey]{line}[/]");
            later.Clear();
        }
    }

    private void Start()
    {
        using var started = new ManualResetEventSlim();
        var done = over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        display = Task.Run(() => console.Progress().AutoRefresh(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 32 }, new PercentageColumn(), new CountColumn(), new ElapsedTimeColumn())
            .StartAsync(running =>
            {
                context = running;
                started.Set();
                return done.Task;
            }));
        started.Wait();
    }
}
