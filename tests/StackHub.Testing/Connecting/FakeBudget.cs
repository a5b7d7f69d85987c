using System.Collections.Concurrent;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Testing.Connecting;

/// <summary>A budget without limits that remembers what was taken, and really waits when a vendor says so.</summary>
public sealed class FakeBudget(TimeProvider time) : IVendorBudget
{
    private DateTimeOffset free = DateTimeOffset.MinValue;

    public ConcurrentQueue<string> Taken { get; } = [];

    public ConcurrentQueue<TimeSpan> Blocks { get; } = [];

    public async ValueTask TakeAsync(SystemId system, string scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wait = free - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait + TimeSpan.FromMilliseconds(2), time, cancellationToken);
        Taken.Enqueue(scope);
    }

    public ValueTask BlockAsync(SystemId system, TimeSpan wait, CancellationToken cancellationToken)
    {
        Blocks.Enqueue(wait);
        free = time.GetUtcNow() + wait;
        return ValueTask.CompletedTask;
    }
}
