namespace StackHub.Privacy.Bulk;

/// <summary>What a column of the file means.</summary>
public enum BulkField
{
    /// <summary>The sender's own number of the request: the same again is the same request.</summary>
    Reference,
    Kind,
    Email,
    Phone,
    Record,

    /// <summary>Country or state, from which the laws follow.</summary>
    Place,

    /// <summary>Laws with places, instead of a place.</summary>
    Laws,
    Received,

    /// <summary>How the person was verified.</summary>
    Verified,
    Message,
}

/// <summary>Which column of a file is which field: by its usual names, and by what the sender says.</summary>
public sealed class BulkColumns
{
    private static readonly IReadOnlyDictionary<string, BulkField> Usual = new Dictionary<string, BulkField>(StringComparer.OrdinalIgnoreCase)
    {
        ["reference"] = BulkField.Reference,
        ["id"] = BulkField.Reference,
        ["kind"] = BulkField.Kind,
        ["type"] = BulkField.Kind,
        ["request"] = BulkField.Kind,
        ["email"] = BulkField.Email,
        ["e-mail"] = BulkField.Email,
        ["phone"] = BulkField.Phone,
        ["record"] = BulkField.Record,
        ["place"] = BulkField.Place,
        ["country"] = BulkField.Place,
        ["state"] = BulkField.Place,
        ["laws"] = BulkField.Laws,
        ["received"] = BulkField.Received,
        ["verified"] = BulkField.Verified,
        ["message"] = BulkField.Message,
    };

    private readonly Dictionary<BulkField, int> columns = [];

    private BulkColumns()
    {
    }

    public IReadOnlyDictionary<BulkField, int> Columns => columns;

    /// <summary>Names of the fields, as a mapping names them.</summary>
    public static IEnumerable<string> FieldNames => Enum.GetNames<BulkField>().Select(name => name.ToLowerInvariant());

    /// <param name="mapping">Field by column ("email=Contact address"); it wins over the usual names. An empty column leaves the field out.</param>
    /// <returns>The columns that were recognised; no row can be read by them while something is wrong with the header or mapping.</returns>
    public static (BulkColumns Columns, IReadOnlyList<string> Problems) Of(IReadOnlyList<string> header, IReadOnlyDictionary<string, string> mapping)
    {
        var made = new BulkColumns();
        var problems = new List<string>();
        var left = new HashSet<BulkField>();
        foreach (var (field, column) in mapping)
            if (!Enum.TryParse<BulkField>(field, ignoreCase: true, out var known) || int.TryParse(field, out _))
                problems.Add($"There is no field '{field}': map one of {string.Join(", ", FieldNames)}.");
            else if (column.Length == 0)
                left.Add(known);
            else if (header.Index().FirstOrDefault(name => string.Equals(name.Item.Trim(), column, StringComparison.OrdinalIgnoreCase)) is { Item: not null } found)
                made.columns[known] = found.Index;
            else
                problems.Add($"The file has no column '{column}'; its header has {header.Count} columns.");
        foreach (var (index, name) in header.Index())
            if (Usual.TryGetValue(name.Trim(), out var field) && !left.Contains(field) && !made.columns.ContainsKey(field))
                made.columns[field] = index;
        if (!made.columns.ContainsKey(BulkField.Kind))
            problems.Add("No column says what is asked for: name one 'kind', or map it.");
        if (!made.columns.ContainsKey(BulkField.Email) && !made.columns.ContainsKey(BulkField.Phone) && !made.columns.ContainsKey(BulkField.Record))
            problems.Add("No column names a person: name one 'email', 'phone' or 'record', or map it.");
        return (made, problems);
    }
}
