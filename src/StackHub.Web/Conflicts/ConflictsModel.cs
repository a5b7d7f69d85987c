using StackHub.Records;
using StackHub.Sync.Conflicts;
using StackHub.Web.Records;

namespace StackHub.Web.Conflicts;

/// <summary>A page of conflicts, with the names of the records they are about.</summary>
/// <param name="State">"open", "closed" or "all".</param>
public sealed record ConflictsModel(string State, IReadOnlyList<ConflictView> Conflicts, IReadOnlyDictionary<RecordId, RecordName> Names, string? Next, bool IsLater)
{
    public override string ToString() => $"{Conflicts.Count} conflicts";
}

/// <summary>What each kind of conflict means.</summary>
public static class ConflictWords
{
    /// <summary>What is not certain is not called 100 %.</summary>
    public static string Likelihood(double? probability) => probability is > 0.99 and < 1 ? "over 99 %" : $"{probability:P0}";

    public static string Title(ConflictKind kind) => kind switch
    {
        ConflictKind.Fight => "Tools fight over a field",
        ConflictKind.Contested => "Two records claim one address",
        ConflictKind.PossibleDuplicate => "Perhaps the same twice",
        ConflictKind.Ambiguous => "Several records there match",
        ConflictKind.LeadWaits => "Nobody can take a lead",
        ConflictKind.OptOutReverted => "An opt-out was taken back",
        _ => "A reference does not come to be",
    };

    public static string Meaning(ConflictKind kind) => kind switch
    {
        ConflictKind.Fight => "Systems kept overwriting each other's value, so that the hub stopped writing this field of this record. Mend what fights (often an automation in one of the tools), then release the field.",
        ConflictKind.Contested => "Both records have an address that belongs to one of them. While this is open, neither is created anywhere new.",
        ConflictKind.PossibleDuplicate => "The two are alike, but not so alike that the hub would merge them by itself.",
        ConflictKind.Ambiguous => "A record of ours is to be created in a system that already has several that match. Merge those there, or link one, then close this.",
        ConflictKind.OptOutReverted => "The system opted the person in again, and nobody gave a consent. The hub writes the opt-out once more; find what undoes it there (an import, an automation, a form).",
        ConflictKind.LeadWaits => "Everybody who could get this lead is away, not working or at a cap. It waits, and those behind it; all are given out, the oldest first, as soon as somebody can take one, and this ends by itself.",
        _ => "What a record refers to does not come to be in the system, so that it is written without the reference.",
    };
}
