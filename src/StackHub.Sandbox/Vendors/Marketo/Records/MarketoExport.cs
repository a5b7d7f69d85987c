namespace StackHub.Sandbox.Vendors.Marketo.Records;

/// <summary>A bulk export job and, when it is done, its file.</summary>
internal sealed class MarketoExport(string id, IReadOnlyList<string> fields, Func<IEnumerable<MarketoRow>> select, DateTimeOffset createdAt)
{
    public string Id => id;

    public IReadOnlyList<string> Fields => fields;

    public DateTimeOffset CreatedAt => createdAt;

    public string Status { get; set; } = "Created";

    public int Asked { get; set; }

    public string? File { get; set; }

    public int Records { get; set; }

    public bool IsWaiting => Status is "Queued" or "Processing";

    public List<MarketoRow> Select() => [.. select()];
}
