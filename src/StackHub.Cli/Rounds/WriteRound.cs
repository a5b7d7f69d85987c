using StackHub.Cli.Demo;
using StackHub.Cli.Hosting;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Outbox;

namespace StackHub.Cli.Rounds;

/// <summary>How writing a system ended.</summary>
/// <param name="Waiting">Records still in its outbox.</param>
public sealed record WriteResult(SystemId System, long Created, long Updated, long Unchanged, long Refused, long Calls, int Waiting, double Seconds)
{
    /// <summary>Why nothing is written to it.</summary>
    public string? Held { get; init; }

    /// <summary>Nothing moved any more: the vendor is away, or what records refer to does not come to be.</summary>
    public bool Stuck { get; init; }

    /// <summary>Another process wrote: what it did is counted there.</summary>
    public bool Elsewhere { get; init; }

    public bool Fine => Refused == 0 && Waiting == 0 && Held is null;
}

/// <summary>Waits until the outboxes are empty, or say why they are not; the pump here or the serving process does the writing.</summary>
internal sealed class WriteRound(HubSession hub, IDemoScreen progress, TimeSpan patience)
{
    public const string Phase = "Writing";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly TimeProvider time = hub.Get<TimeProvider>();

    public async Task<IReadOnlyList<WriteResult>> RunAsync(IReadOnlyList<SystemId> systems, Func<CancellationToken, Task> enqueue, CancellationToken cancellationToken)
    {
        var before = systems.ToDictionary(system => system, Counted);
        var start = time.GetTimestamp();
        try
        {
            await enqueue(cancellationToken);
            return await Task.WhenAll(systems.Select(system => DrainAsync(system, before[system], start, cancellationToken)));
        }
        finally
        {
            progress.PhaseDone();
        }
    }

    private async Task<WriteResult> DrainAsync(SystemId system, (long Created, long Updated, long Unchanged, long Refused, long Calls) before, long start, CancellationToken cancellationToken)
    {
        var (least, total, since) = (int.MaxValue, 0, time.GetTimestamp());
        while (true)
        {
            var held = await HeldAsync(system, cancellationToken);
            var left = await hub.Get<OutboxStore>().CountAsync(system, cancellationToken);
            total = Math.Max(total, left);
            if (held is null)
                progress.Progress(Phase, system.Name, total - left, total);
            if (left < least)
                (least, since) = (left, time.GetTimestamp());
            var stuck = left > 0 && time.GetElapsedTime(since) > patience;
            if (left == 0 || held is not null || stuck)
                return Result(system, before, left, time.GetElapsedTime(start).TotalSeconds) with { Held = held, Stuck = stuck };
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private async Task<string?> HeldAsync(SystemId system, CancellationToken cancellationToken)
    {
        var state = await hub.Get<SystemStates>().GetAsync(system, cancellationToken);
        return state.Stage != SystemStage.Approved ? "its plan is not approved" : state.Paused is { } reason ? $"paused: {reason}" : null;
    }

    private WriteResult Result(SystemId system, (long Created, long Updated, long Unchanged, long Refused, long Calls) before, int left, double seconds)
    {
        var now = Counted(system);
        return new(system, now.Created - before.Created, now.Updated - before.Updated, now.Unchanged - before.Unchanged, now.Refused - before.Refused, now.Calls - before.Calls, left, seconds) { Elsewhere = !hub.Pumps };
    }

    private (long Created, long Updated, long Unchanged, long Refused, long Calls) Counted(SystemId system)
    {
        var counts = hub.Get<SystemCounters>().Of(system);
        return (counts.Created, counts.Updated, counts.Unchanged, counts.Refused, hub.Get<SystemCounters>().Calls(system));
    }
}
