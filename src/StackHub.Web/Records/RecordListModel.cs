using StackHub.Configuration;
using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>A page of records of one kind.</summary>
/// <param name="Columns">Fields beside the name, as far as the configuration has them.</param>
public sealed record RecordListModel(RecordKind Kind, IReadOnlyList<string> Columns, IReadOnlyList<RecordView> Records, string? Next, bool IsLater)
{
    /// <summary>Records that live on in another are left out: they are found there.</summary>
    public static RecordListModel Of(RecordKind kind, HubModel model, IReadOnlyList<RecordView> records, string? next, bool isLater) =>
        new(kind, ColumnsOf(kind, model), [.. records.Where(record => record.MergedInto is null)], next, isLater);

    public static IReadOnlyList<string> ColumnsOf(RecordKind kind, HubModel model) => [.. (kind switch
    {
        RecordKind.Person => (string[])["email", "company", "title"],
        RecordKind.Account => ["domain", "industry", "country"],
        _ => ["stage", "amount", "closeDate"],
    }).Where(field => model.Fields.TryGetValue(kind, out var fields) && fields.ContainsKey(field))];

    public override string ToString() => $"list of {Records.Count} records";
}
