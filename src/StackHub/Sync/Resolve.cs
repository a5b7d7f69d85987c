using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>The canonical value of a field: a pure function of the record's cells under the field's policy.</summary>
public static class Resolve
{
    /// <summary>Null when no system ever authored a value.</summary>
    /// <param name="follow">The surviving record of a record id, for reference fields.</param>
    public static Decision? Field(HubRecord record, FieldDefinition field, Func<RecordId, RecordId> follow)
    {
        var candidates = Candidates(record, field, follow);
        return candidates.Count == 0 ? null : ConflictPolicies.All[field.Policy.Kind].Decide(candidates, field.Policy);
    }

    /// <summary>One claim a linked record. Records that moved on are spoken for by the record they moved to.</summary>
    public static List<Candidate> Candidates(HubRecord record, FieldDefinition field, Func<RecordId, RecordId> follow)
    {
        var candidates = new List<Candidate>(record.Links.Length);
        var filled = false;
        foreach (var link in record.Links)
        {
            if (link.MovedTo is not null || !link.Cells.TryGetValue(field.Name, out var cell))
                continue;
            if (Claim(cell.State, field.Policy) is not { } claim)
                continue;
            filled |= !claim.Value.IsBlank;
            candidates.Add(new(link.Ref, References.Follow(field.Type, claim.Value, follow), claim.At, link.Active, FirstOf(cell.State)));
        }
        if (filled && field.Policy.BlankNeverWins)
            candidates.RemoveAll(candidate => candidate.Value.IsBlank);
        return candidates;
    }

    private static Observation? Claim(CellState state, FieldPolicy policy)
    {
        if (state.Claim is not { Value.IsBlank: true } blank || !policy.BlankNeverWins)
            return state.Claim;
        for (var index = state.Authored.Length - 1; index >= 0; index--)
            if (!state.Authored[index].Value.IsBlank)
                return state.Authored[index];
        return blank;
    }

    private static Observation FirstOf(CellState state)
    {
        foreach (var observation in state.Authored)
            if (!observation.Value.IsBlank)
                return observation;
        return state.Authored[0];
    }
}
