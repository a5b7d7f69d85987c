namespace StackHub.Records;

/// <summary>A value seen in a system at a time on that system's (corrected) clock.</summary>
public readonly record struct Observation(DateTimeOffset At, FieldValue Value);

/// <summary>
/// A receipt: a value the hub wrote into a system on behalf of the system that authored it. It says what the system holds, and never
/// counts as something that system said.
/// </summary>
/// <param name="At">Its place among the observations: the vendor's own time, or where that is not known or too coarse, the call's.</param>
/// <param name="Value">The canonical value that was meant.</param>
public readonly record struct HubWrite(DateTimeOffset At, FieldValue Value)
{
    /// <summary>Lower bound of the vendor's time of the write.</summary>
    public DateTimeOffset Since { get; init; } = At;

    /// <summary>Upper bound of the vendor's time of the write. What the system says in [Since, Until] may be its own form of it.</summary>
    public DateTimeOffset Until { get; init; } = At;

    /// <summary>The system's own form of the value (lower-cased, cut), in canonical text, as read back or foreseen.</summary>
    public FieldValue Stored { get; init; } = Value;

    /// <summary>How far the system's own form may be from <see cref="Stored"/>.</summary>
    public OwnForm Form { get; init; }

    /// <summary>No answer came, so it may have been stored or not: only a later observation of it tells.</summary>
    public bool Unanswered { get; init; }

    /// <summary>Who authored the value, and when; null for a placeholder.</summary>
    public ClaimSource? Author { get; init; }

    /// <summary>Trace id of the change that caused the write.</summary>
    public string? Trace { get; init; }

    public bool IsPlaceholder => Author is null;

    public bool Spans(DateTimeOffset time) => Since <= time && time <= Until;

    /// <summary>True when the value is what was meant or what was foreseen to be stored.</summary>
    public bool Says(FieldValue value) => value == Value || value == Stored;
}

/// <summary>The system and time that authored a value.</summary>
public readonly record struct ClaimSource(SystemId System, DateTimeOffset At);
