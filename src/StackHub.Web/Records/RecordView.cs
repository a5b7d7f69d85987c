using StackHub.Configuration;
using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>A person, account or opportunity as the hub understands it.</summary>
/// <param name="Values">The canonical values by field; a field nobody said anything about is absent.</param>
/// <param name="Links">Where it lives, as "system/type/id".</param>
public sealed record RecordView(RecordId Id, RecordKind Kind, IReadOnlyDictionary<string, string?> Values, IReadOnlyList<ExternalRef> Links)
{
    /// <summary>The record it lives on in after a merge.</summary>
    public RecordId? MergedInto { get; init; }

    /// <summary>Another record owns an address of this one, and a person has to decide.</summary>
    public bool Contested { get; init; }

    public override string ToString() => $"view of {Id}";

    public static RecordView Of(HubRecord record, HubModel model, Func<RecordId, RecordId> follow)
    {
        var values = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        if (model.Fields.TryGetValue(record.Kind, out var fields))
        {
            var view = model.View(record, follow);
            foreach (var field in fields.Keys)
                if (view.Decide(field) is { } decision)
                    values[field] = decision.Value.Text;
        }
        return new(record.Id, record.Kind, values, [.. record.Links.Select(link => link.Ref)]) { MergedInto = record.MergedInto, Contested = record.Contested };
    }
}
