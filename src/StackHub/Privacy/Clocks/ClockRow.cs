namespace StackHub.Privacy.Clocks;

/// <summary>A request's clock under one law.</summary>
/// <param name="Received">The day of receipt where the law is kept.</param>
/// <param name="Zone">Where days begin and end for it.</param>
/// <param name="Complete">When the answer is due, extensions and pauses included.</param>
public sealed record ClockRow(LawPlace Under, PrivacyRequestKind Kind, DateOnly Received, string Zone, ComputedDate Complete)
{
    /// <summary>When receipt has to be confirmed; null where no law asks for it.</summary>
    public ComputedDate? Acknowledge { get; init; }

    /// <summary>When the answer would be due with an extension; null where there is none, or it was used.</summary>
    public ComputedDate? IfExtended { get; init; }

    /// <summary>The day by which an extension's notice went out; null while none did.</summary>
    public DateOnly? ExtendedOn { get; init; }

    /// <summary>What the clock stands still for; null while it runs. The due date is then the earliest it can become.</summary>
    public PauseReason? StandsFor { get; init; }
}
