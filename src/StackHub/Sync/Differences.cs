using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>What has to be written to a system: the difference between the canonical values and what the system itself holds.</summary>
public static class Differences
{
    /// <summary>Fields of an existing linked record that differ. Unread fields, frozen fields and refused values are left alone.</summary>
    public static List<FieldDifference> For(CanonicalView view, LinkedRecord link, CompiledMap map)
    {
        var differences = new List<FieldDifference>();
        foreach (var field in map.Outbound)
            if (view.Decide(field.Map.Field) is { } decision && Differs(view, link, field, decision.Value) is { } difference)
                differences.Add(difference with { Decision = decision });
        return differences;
    }

    /// <summary>Everything a new record in the system would be given, required placeholders included.</summary>
    public static List<FieldDifference> ForCreate(CanonicalView view, CompiledMap map)
    {
        var differences = new List<FieldDifference>();
        foreach (var field in map.Outbound)
        {
            var decision = view.Decide(field.Map.Field);
            if (field.Type == FieldType.Boolean && IsOff(decision?.Value ?? FieldValue.Blank))
                continue; // a new record's flags are off
            if (!field.MayWrite(decision?.Value ?? FieldValue.Blank, FieldValue.Blank))
                continue;
            if (decision is { Value.IsBlank: false } || field.Map.Placeholder is not null)
                differences.Add(new(field, decision?.Value ?? FieldValue.Blank, null, decision));
        }
        return differences;
    }

    /// <summary>True when two canonical values are the same to the system: equal, one the system's own form of the other, or a flag that is off and one that is not set.</summary>
    public static bool Same(CompiledField field, FieldValue wanted, FieldValue held) =>
        wanted == held || field.Projection(wanted) == held || (field.Type == FieldType.Boolean && IsOff(wanted) && IsOff(held));

    /// <summary>An unset flag is off; many vendors cannot tell the two apart.</summary>
    private static bool IsOff(FieldValue flag) => flag.IsBlank || flag.Text == "false";

    private static FieldDifference? Differs(CanonicalView view, LinkedRecord link, CompiledField field, FieldValue wanted)
    {
        var name = field.Map.Field;
        if (view.Record.Frozen.ContainsKey(name))
            return null;
        var state = link.Cell(name).State;
        if (state.Held is not { } held)
        {
            if (!link.Complete || wanted.IsBlank)
                return null;
            held = FieldValue.Blank;
        }
        held = References.Follow(field.Type, held, view.Follow);
        if (Same(field, wanted, held) || (state.HeldWrite is { IsPlaceholder: false } write && References.Follow(field.Type, write.Value, view.Follow) == wanted))
            return null;
        if (!field.MayWrite(wanted, held))
            return null;
        if (link.Refusals.TryGetValue(name, out var refusal) && refusal.ValueHash == ValueHash.Of(wanted))
            return null;
        return new(field, wanted, held, null);
    }
}
