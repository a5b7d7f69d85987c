using System.Collections.Immutable;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Outbox;

namespace StackHub.Sync.Push;

/// <summary>One record on its way into a system: its outbox row, what differs, and the write that says so.</summary>
public sealed record PendingWrite(OutboxRow Row, HubRecord Record, SyncTarget Target, RecordWrite Write)
{
    /// <summary>Differences that are in the write; the rest waits for what it refers to.</summary>
    public required IReadOnlyList<FieldDifference> Sent { get; init; }

    /// <summary>Something it refers to is still to be created in the system: come back for the rest.</summary>
    public bool Incomplete { get; init; }

    /// <summary>Fields the vendor refused while the record was created; the create goes on without them.</summary>
    public ImmutableDictionary<string, Refusal> Dropped { get; init; } = ImmutableDictionary<string, Refusal>.Empty;

    public bool IsCreate => Target.Link is null;

    /// <summary>A create of this record was sent before and not answered.</summary>
    public bool MayExist => IsCreate && Record.SentCreates.Any(create => create.Ref == SentTo);

    private ExternalRef SentTo => Target.Link?.Ref ?? new(Target.System.Id, Target.ObjectType, "");

    /// <summary>What the record may have there from now on, should no answer come.</summary>
    public HubRecord Unanswered(CallTimes times)
    {
        var cells = ImmutableSortedDictionary.CreateBuilder<string, Cell>(StringComparer.Ordinal);
        foreach (var (field, write) in Receipts.Unanswered(this, times))
            cells[field] = Cell.Empty.With(write, Horizon.Default);
        return new(Record.Id, Record.Kind) { Links = [new(SentTo) { Cells = cells.ToImmutable() }] };
    }

    public PendingWrite Without(FieldDifference difference, Refusal refusal) => this with
    {
        Sent = [.. Sent.Where(sent => sent != difference)],
        Write = Write with { Fields = [.. Write.Fields.Where(field => field.VendorField != difference.Field.Map.VendorField)] },
        Dropped = Dropped.SetItem(difference.Field.Map.Field, refusal),
    };
}
