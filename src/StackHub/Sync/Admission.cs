using StackHub.Permissions;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>What is taken into a record: of one whose processing is restricted only refusals, and what lifts the restriction.</summary>
public static class Admission
{
    public static Sighting Of(HubRecord? record, Sighting sighting, PurposeSet purposes) => record is null || Restriction.Since(record) is null
        ? sighting
        : sighting with { Complete = false, Values = [.. sighting.Values.Where(value => purposes.IsFlag(value.Field) || ConsentMark.IsMark(value.Field))] };
}
