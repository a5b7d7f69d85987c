using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>What one vendor record said, in canonical terms and hub time.</summary>
/// <param name="SeenAt">The record's own last change.</param>
/// <param name="Complete">All mapped fields were read.</param>
public sealed record Sighting(ExternalRef Ref, RecordKind Kind, DateTimeOffset SeenAt, bool Complete, IReadOnlyList<(string Field, FieldValue Value, DateTimeOffset At)> Values)
{
    public override string ToString() => $"sighting of {Ref} ({Values.Count} values)";
}

/// <summary>
/// How facts enter a record. Every step only adds to sets or takes a maximum, so the order and number of times do not matter.
/// </summary>
public static class Merging
{
    public static HubRecord See(HubRecord? record, RecordId id, Sighting sighting, Horizon horizon)
    {
        record ??= new(id, sighting.Kind);
        var link = record.Link(sighting.Ref) ?? new LinkedRecord(sighting.Ref);
        var cells = link.Cells.ToBuilder();
        foreach (var (field, value, at) in sighting.Values)
        {
            if (field == FieldDefinition.HubId)
                continue;
            var cell = cells.GetValueOrDefault(field, Cell.Empty);
            var seen = cell.With(new Observation(Truncated(at), value), horizon);
            if (!ReferenceEquals(seen, cell))
                cells[field] = seen;
        }
        var seenAt = Truncated(sighting.SeenAt);
        var after = link with
        {
            Cells = cells.ToImmutable(),
            SeenAt = seenAt > link.SeenAt ? seenAt : link.SeenAt,
            Complete = link.Complete || sighting.Complete,
        };
        return after.Equals(link) ? record : record.With(after).Settled(horizon);
    }

    public static HubRecord Delete(HubRecord record, ExternalRef reference, DateTimeOffset at)
    {
        at = Truncated(at);
        return record.Link(reference) is { } link && (link.DeletedAt is not { } known || known < at) ? record.With(link with { DeletedAt = at }) : record;
    }

    /// <summary>
    /// The link goes on as another vendor record. When that one is not known here yet, it starts with what the old one said, so that
    /// equal values keep their age instead of looking new.
    /// </summary>
    /// <param name="at">When it did; that a lead became a contact is a fact of its own.</param>
    /// <param name="known">Another record has that one already: what it really says must not be mixed with what the old one said.</param>
    public static HubRecord Move(HubRecord record, ExternalRef from, ExternalRef to, DateTimeOffset at, Horizon horizon, bool known = false)
    {
        if (record.Link(from) is not { } old || old.MovedTo == to)
            return record;
        var moved = old with { MovedTo = to };
        record = record.With(from.ObjectType == to.ObjectType ? moved : moved.WithCell(FieldDefinition.Converted, old.Cell(FieldDefinition.Converted).With(new Observation(Truncated(at), new("true")), horizon)));
        return known || record.Link(to) is not null ? record : record.With(new LinkedRecord(to) { Cells = old.Cells, SeenAt = old.SeenAt });
    }

    /// <summary>Puts what the hub wrote into the system's cells: the receipt of each field.</summary>
    public static HubRecord Wrote(HubRecord record, ExternalRef reference, DateTimeOffset at, bool created, IEnumerable<(string Field, HubWrite Write)> writes, Horizon horizon)
    {
        var link = record.Link(reference) ?? new LinkedRecord(reference);
        var cells = link.Cells.ToBuilder();
        var refusals = link.Refusals;
        foreach (var (field, write) in writes)
        {
            cells[field] = cells.GetValueOrDefault(field, Cell.Empty).With(write, horizon);
            refusals = refusals.Remove(field).Remove("*");
        }
        at = Truncated(at);
        return record.With(link with { Cells = cells.ToImmutable(), Refusals = refusals, SeenAt = at > link.SeenAt ? at : link.SeenAt, Complete = link.Complete || created }).Settled(horizon);
    }

    /// <summary>What is stored has milliseconds; comparing finer would make a record differ from its own copy.</summary>
    public static DateTimeOffset Truncated(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
