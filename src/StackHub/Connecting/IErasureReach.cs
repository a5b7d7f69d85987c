namespace StackHub.Connecting;

/// <summary>A connector whose erasure takes other records along, and that can count them before anybody approves it.</summary>
public interface IErasureReach
{
    /// <summary>What an erasure of the record would take along now; null when nothing goes along.</summary>
    Task<ErasureReach?> ReachAsync(string objectType, string id, CancellationToken cancellationToken);
}

/// <param name="What">Such as "tickets".</param>
/// <param name="Takes">How many go along.</param>
/// <param name="Retained">How many of them have to be kept: with one of these the record is not erased, and its fields are redacted instead.</param>
public sealed record ErasureReach(string What, int Takes, int Retained);
