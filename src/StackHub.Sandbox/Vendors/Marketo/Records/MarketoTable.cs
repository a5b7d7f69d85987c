using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Marketo.Records;

/// <summary>All rows of one object type, found by id and by the values of the fields that can be filtered by.</summary>
internal sealed class MarketoTable(string name, long firstId, IReadOnlyList<string> fields)
{
    private readonly Sequence ids = new(firstId);
    private readonly Sequence guids = new(firstId * 7);
    private readonly Dictionary<string, Dictionary<string, List<MarketoRow>>> indexes = [];

    public string Name => name;

    public SortedDictionary<long, MarketoRow> Rows { get; } = [];

    public List<MarketoField> Fields { get; } = [.. fields.Select(MarketoField.Parse)];

    public MarketoField? Field(string field) => Fields.Find(one => one.Name == field);

    public MarketoRow New(DateTimeOffset createdAt) => new(ids.Next(), guids.NextGuid().ToString(), createdAt);

    public MarketoRow? Find(string? id) => long.TryParse(id, out var number) ? Rows.GetValueOrDefault(number) : null;

    /// <summary>Texts compare without case, as addresses do.</summary>
    public IEnumerable<MarketoRow> With(string field, string value) =>
        field == "id" ? Find(value) is { } row ? [row] : [] : Index(field).GetValueOrDefault(value) ?? [];

    public void Enter(MarketoRow row)
    {
        Rows[row.Id] = row;
        foreach (var (field, index) in indexes)
            Put(index, row, field);
    }

    public void Lift(MarketoRow row)
    {
        Rows.Remove(row.Id);
        foreach (var (field, index) in indexes)
        {
            if (row.Text(field) is { } value && index.TryGetValue(value, out var rows))
                rows.Remove(row);
        }
    }

    private Dictionary<string, List<MarketoRow>> Index(string field)
    {
        if (indexes.TryGetValue(field, out var known))
            return known;
        var index = indexes[field] = new(StringComparer.OrdinalIgnoreCase);
        foreach (var row in Rows.Values)
            Put(index, row, field);
        return index;
    }

    private static void Put(Dictionary<string, List<MarketoRow>> index, MarketoRow row, string field)
    {
        if (row.Text(field) is { } value)
            (index.TryGetValue(value, out var rows) ? rows : index[value] = []).Add(row);
    }
}
