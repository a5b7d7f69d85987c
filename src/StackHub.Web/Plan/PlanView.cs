using StackHub.Records;
using StackHub.Sync;
using StackHub.Sync.Runs;

namespace StackHub.Web.Plan;

/// <summary>What the hub would write, a page of it.</summary>
/// <param name="Counts">By system, of the whole plan; on the first page only.</param>
/// <param name="Items">May be fewer than were asked for, even none, while there is a <paramref name="Next"/>.</param>
/// <param name="Next">Send it as <c>cursor</c> for what follows; absent at the end.</param>
public sealed record PlanPage(IReadOnlyDictionary<string, PlanCount>? Counts, IReadOnlyList<WriteView> Items, string? Next);

/// <summary>One record that would be written to a system.</summary>
/// <param name="Link">The vendor's record; absent for a create.</param>
public sealed record WriteView(SystemId System, string ObjectType, RecordId Record, ExternalRef? Link, IReadOnlyList<FieldView> Fields)
{
    public bool Creates => Link is null;

    public static WriteView Of(SyncTarget target, RecordId record) =>
        new(target.System.Id, target.ObjectType, record, target.Link?.Ref, [.. target.Differences.Select(FieldView.Of)]);

    public override string ToString() => $"planned write of {Record}";
}

/// <summary>One field that would be written, and why.</summary>
/// <param name="Held">What the system holds; absent when it has no value.</param>
/// <param name="Wanted">What it should hold (a placeholder where the vendor requires one); absent clears it.</param>
/// <param name="Overwrites">A value is replaced.</param>
/// <param name="Why">Why the wanted value won; absent for a placeholder the vendor requires.</param>
public sealed record FieldView(string Field, string VendorField, string? Held, string? Wanted, bool Overwrites, string? Why)
{
    /// <summary>The record that authored the wanted value.</summary>
    public ExternalRef? Author { get; init; }

    public DateTimeOffset? AuthoredAt { get; init; }

    public static FieldView Of(FieldDifference difference) => new(
        difference.Field.Map.Field, difference.Field.Map.VendorField, difference.Held?.Text, difference.Wanted.Text ?? difference.Field.ToVendor(difference.Wanted).Text, difference.OverwritesValue, difference.Decision?.Reason)
    {
        Author = difference.Decision?.Winner,
        AuthoredAt = difference.Decision?.Source.At,
    };

    public override string ToString() => $"planned {Field}";
}
