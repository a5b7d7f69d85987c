using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>How much already waits to be written to a system, and will use its quota first.</summary>
public interface IWaitingWrites
{
    /// <summary>Records, not calls.</summary>
    Task<int> CountAsync(SystemId system, CancellationToken cancellationToken);
}
