namespace StackHub.Routing.Simulating;

/// <summary>What became of a recorded routing in a replay.</summary>
/// <param name="Owner">Null while nobody has it.</param>
/// <param name="Step">The step or rule that decided.</param>
/// <param name="Pool">The pool whose turn it was.</param>
/// <param name="At">When it was given to the owner; of one that nobody has, when the lead came.</param>
public sealed record ReplayedRouting(RecordedRouting Recorded, OwnerId? Owner, string? Step, string? Pool, string Why, DateTimeOffset At)
{
    /// <summary>It waits for an owner at the end of the replay.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Nobody may have it, or it is no lead to these rules.</summary>
    public bool IsNobodys { get; init; }

    /// <summary>It had to wait for its owner.</summary>
    public bool HasWaited => IsHeld || (Owner is not null && At > Recorded.At);

    public override string ToString() => Recorded.ToString();
}
