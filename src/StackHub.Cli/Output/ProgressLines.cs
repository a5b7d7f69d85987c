using System.Diagnostics;
using StackHub.Cli.Demo;

namespace StackHub.Cli.Output;

/// <summary>Progress for files and pipes: a line every few seconds and one when a system is done.</summary>
internal sealed class ProgressLines(TextWriter writer) : IDemoScreen
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private readonly Dictionary<(string Phase, string System), (Stopwatch Watch, TimeSpan Said, long Done, long? Total, bool Finished)> running = [];

    public void Say(string line)
    {
        lock (gate)
            writer.WriteLine(line);
    }

    public void Progress(string phase, string system, long done, long? total)
    {
        lock (gate)
        {
            var state = running.GetValueOrDefault((phase, system), (Stopwatch.StartNew(), TimeSpan.Zero, 0, total, false));
            var finished = total is { } all && done >= all;
            if (finished && !state.Finished)
                writer.WriteLine($"{phase} {system}: {done:N0} in {state.Watch.Elapsed.TotalSeconds:0.0} s");
            else if (!finished && state.Watch.Elapsed - state.Said >= Every)
            {
                writer.WriteLine($"{phase} {system}: {done:N0}{(total is { } known ? $" of {known:N0}" : "")}");
                state.Said = state.Watch.Elapsed;
            }
            running[(phase, system)] = (state.Watch, state.Said, done, total, state.Finished || finished);
        }
    }

    public void PhaseDone()
    {
        lock (gate)
        {
            foreach (var ((phase, system), state) in running.Where(entry => !entry.Value.Finished))
                writer.WriteLine($"{phase} {system}: {state.Done:N0} in {state.Watch.Elapsed.TotalSeconds:0.0} s");
            running.Clear();
        }
    }
}
