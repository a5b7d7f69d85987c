using StackHub.Records;

namespace StackHub.Sync;

/// <summary>A system's claim on a field: the newest value (or, for some policies, the oldest) that it authored itself.</summary>
/// <param name="Active">False when the system's record is deleted: it still speaks, but without authority.</param>
public sealed record Candidate(ExternalRef Link, FieldValue Value, DateTimeOffset At, bool Active, Observation First) : IComparable<Candidate>
{
    /// <summary>By time, then value bytes, then system: a total order, so ties break alike everywhere.</summary>
    public int CompareTo(Candidate? other)
    {
        if (other is null)
            return 1;
        var byTime = At.CompareTo(other.At);
        if (byTime != 0)
            return byTime;
        var byValue = Value.CompareTo(other.Value);
        return byValue != 0 ? byValue : Link.CompareTo(other.Link);
    }
}
