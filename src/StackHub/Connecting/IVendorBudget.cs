using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>The calls a vendor allows, shared by everything that talks to one system, across processes and restarts.</summary>
public interface IVendorBudget
{
    /// <summary>Waits until a call of this scope may be sent (all limits of "*" and of the scope), then counts it.</summary>
    ValueTask TakeAsync(SystemId system, string scope, CancellationToken cancellationToken);

    /// <summary>The vendor said to wait: nobody calls the system before then.</summary>
    ValueTask BlockAsync(SystemId system, TimeSpan wait, CancellationToken cancellationToken);
}
