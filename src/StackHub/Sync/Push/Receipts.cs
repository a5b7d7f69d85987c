using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Sync.Push;

/// <summary>What a write leaves in the cells of the system it went to: a receipt a field.</summary>
public static class Receipts
{
    /// <summary>Of a write that was stored. Where the vendor's answer tells what it stored, that is the system's form of the value.</summary>
    public static IEnumerable<(string Field, HubWrite Write)> Of(PendingWrite write, WriteOutcome.Stored stored, CallTimes times) =>
        write.Sent.Select(difference => (difference.Field.Map.Field, Told(difference.Field, stored) is { } told
            ? Receipt(write, difference, times) with { Stored = told, Form = OwnForm.Exact }
            : Receipt(write, difference, times)));

    /// <summary>Of a write that was sent and perhaps stored.</summary>
    public static IEnumerable<(string Field, HubWrite Write)> Unanswered(PendingWrite write, CallTimes times) =>
        write.Sent.Select(difference => (difference.Field.Map.Field, Receipt(write, difference, times) with { Unanswered = true }));

    private static HubWrite Receipt(PendingWrite write, FieldDifference difference, CallTimes times) => new(times.At, difference.Wanted)
    {
        Since = times.Since,
        Until = times.Until,
        Stored = difference.Field.Projection(difference.Wanted),
        Form = difference.Field.IsReference || difference.Field.Type == FieldType.Set ? OwnForm.Any : OwnForm.Alike,
        Author = difference.Decision is { } decision ? decision.Source with { At = Merging.Truncated(decision.Source.At) } : null,
        Trace = write.Row.Trace,
    };

    private static FieldValue? Told(CompiledField field, WriteOutcome.Stored stored) =>
        !field.IsReference && stored.Values?.TryGetValue(field.Map.VendorField, out var text) == true ? field.ToCanonical(text) : null;
}
