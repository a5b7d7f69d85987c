using StackHub.Sandbox.Storage;
using StackHub.Sandbox.Vendors.Salesforce.Schema;

namespace StackHub.Sandbox.Vendors.Salesforce.Storage;

/// <summary>All records of one object, deleted ones included, with the indexes that keep queries cheap.</summary>
internal sealed class SObjectTable
{
    private readonly Dictionary<string, SObjectRow> byId = [];
    private readonly (int Ordinal, Dictionary<string, List<SObjectRow>> ByValue)[] indexes;
    private readonly ModifiedIndex<SObjectRow> modified = new(row => row.Number);

    public SObjectTable(SObjectType type)
    {
        Type = type;
        indexes = [.. type.Fields.Select((field, at) => (field, at)).Where(pair => pair.field.Indexed)
            .Select(pair => (pair.at, new Dictionary<string, List<SObjectRow>>(StringComparer.OrdinalIgnoreCase)))];
    }

    public SObjectType Type { get; }

    public IndexLag<SObjectRow> Lag { get; } = new();

    public IEnumerable<SObjectRow> Rows => byId.Values;

    public int Count => byId.Count;

    public SObjectRow? Find(string? id) => id is not null && byId.TryGetValue(id, out var row) ? row : null;

    public void Put(SObjectRow row)
    {
        byId[row.Id] = row;
        foreach (var (ordinal, byValue) in indexes)
            Enter(byValue, row.Values[ordinal], row);
        modified.Put(row, row.SystemModstamp);
    }

    /// <summary>Takes the row out of the indexes; always followed by <see cref="Put"/> unless it is gone for good.</summary>
    public void Lift(SObjectRow row)
    {
        foreach (var (ordinal, byValue) in indexes)
        {
            if (row.Values[ordinal] is string value && byValue.TryGetValue(value, out var rows))
                rows.Remove(row);
        }
    }

    public void Purge(SObjectRow row)
    {
        Lift(row);
        modified.Remove(row);
        byId.Remove(row.Id);
    }

    public bool IsIndexed(int ordinal) => indexes.Any(index => index.Ordinal == ordinal);

    public IEnumerable<SObjectRow> With(int ordinal, string value) =>
        indexes.First(index => index.Ordinal == ordinal).ByValue.TryGetValue(value, out var rows) ? rows : [];

    public IEnumerable<SObjectRow> ModifiedBetween(DateTimeOffset from, DateTimeOffset to) => modified.Between(from, to);

    private static void Enter(Dictionary<string, List<SObjectRow>> byValue, object? value, SObjectRow row)
    {
        if (value is not string text)
            return;
        if (!byValue.TryGetValue(text, out var rows))
            byValue.Add(text, rows = new(1));
        rows.Add(row);
    }
}
