namespace StackHub.Permissions;

public enum ConsentState
{
    /// <summary>Nobody said anything.</summary>
    Unknown,
    Granted,
    Refused,
}

/// <summary>What holds for a purpose, and the word that decides it.</summary>
public readonly record struct ConsentStanding(ConsentState State, ConsentMark? By)
{
    /// <summary>
    /// A fold over everything that was said of one purpose, in any order and any number of times. An opt-out stands until it is taken back
    /// later, by its own source or by the person; at the same time it stands. One that stands anywhere refuses everywhere.
    /// </summary>
    public static ConsentStanding Of(IEnumerable<ConsentMark> said)
    {
        var all = said.ToArray();
        ConsentMark? refused = null, granted = null;
        foreach (var mark in all)
            if (mark.IsOptIn)
                granted = Newer(granted, mark);
            else if (!all.Any(other => TakesBack(other, mark)))
                refused = Newer(refused, mark);
        return refused is not null ? new(ConsentState.Refused, refused)
            : granted is not null ? new(ConsentState.Granted, granted)
            : default;
    }

    /// <summary>The newest word of each source, which is all the fold needs.</summary>
    public static IEnumerable<ConsentMark> Newest(IEnumerable<ConsentMark> said) =>
        said.GroupBy(mark => (mark.Purpose, mark.Source)).Select(group => group.OrderBy(mark => mark.At).ThenBy(mark => !mark.IsOptIn).Last());

    private static bool TakesBack(ConsentMark mark, ConsentMark refusal) =>
        mark.IsOptIn && mark.At > refusal.At && (mark.Source == refusal.Source || mark.Source == ConsentMark.Person);

    private static ConsentMark Newer(ConsentMark? known, ConsentMark mark) =>
        known is not { } one || mark.At > one.At || (mark.At == one.At && string.CompareOrdinal(mark.Source, one.Source) > 0) ? mark : one;
}
