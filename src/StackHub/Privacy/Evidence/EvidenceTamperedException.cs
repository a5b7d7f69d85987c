namespace StackHub.Privacy.Evidence;

/// <summary>The chain is not as the hub wrote it; nothing is built on it.</summary>
public sealed class EvidenceTamperedException(string request, LedgerFault fault)
    : Exception($"The evidence of request {request} was changed: {fault.Kind} at {fault.Sequence}. Restore it from a copy, or keep it as it is and say so.")
{
    public LedgerFault Fault { get; } = fault;
}
