using StackHub.Triggers;

namespace StackHub.Web.Idempotency;

/// <summary>Deletes the idempotency keys of yesterday.</summary>
internal sealed class IdempotencySweep(IdempotencyStore store) : ITimerHandler
{
    public string Name => TriggerTable.Idempotency.Name;

    public TimeSpan Every => TriggerTable.Idempotency.Every;

    public Task RunAsync(CancellationToken cancellationToken) => store.SweepAsync(cancellationToken);
}
