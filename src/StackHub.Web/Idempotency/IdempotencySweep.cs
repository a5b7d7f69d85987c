using StackHub.Triggers;

namespace StackHub.Web.Idempotency;

/// <summary>Deletes the idempotency keys of yesterday.</summary>
internal sealed class IdempotencySweep(IdempotencyStore store) : ITimerHandler
{
    public string Name => "idempotency";

    public TimeSpan Every => TimeSpan.FromHours(6);

    public Task RunAsync(CancellationToken cancellationToken) => store.SweepAsync(cancellationToken);
}
