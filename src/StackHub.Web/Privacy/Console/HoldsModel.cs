using StackHub.Privacy;
using StackHub.Privacy.Holds;
using StackHub.Records;

namespace StackHub.Web.Privacy.Console;

/// <summary>All holds, those that stand on top; they name nobody.</summary>
/// <param name="People">What callers are called.</param>
/// <param name="Key">The same for the same form, sent again.</param>
public sealed record HoldsModel(IReadOnlyList<HoldRow> Holds, IReadOnlyDictionary<string, string> People, IReadOnlyList<SystemId> Systems, string Key)
{
    public static HoldsModel Of(IEnumerable<HoldRow> rows, IReadOnlyDictionary<string, string> people, IEnumerable<SystemId> systems, string key) =>
        new([.. rows.OrderBy(row => row.Hold.LiftedAt is not null).ThenByDescending(row => row.Hold.EffectiveAt)], people, [.. systems], key);

    public string NameOf(string caller) => People.GetValueOrDefault(caller, caller);

    public override string ToString() => $"{Holds.Count} holds";
}

/// <param name="Requests">Those it concerns.</param>
public sealed record HoldRow(LegalHold Hold, IReadOnlyList<RequestId> Requests);
