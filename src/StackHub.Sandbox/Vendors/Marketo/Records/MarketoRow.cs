using System.Globalization;
using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Vendors.Marketo.Records;

/// <summary>One lead, company or opportunity: its number, its times and its values.</summary>
internal sealed class MarketoRow(long id, string guid, DateTimeOffset createdAt)
{
    private readonly Dictionary<string, JsonValue?> values = [];

    public long Id => id;

    public string Guid => guid;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    /// <summary>Until then filters do not show it; a read by id does.</summary>
    public DateTimeOffset VisibleFrom { get; set; }

    public JsonValue? this[string field]
    {
        get => values.GetValueOrDefault(field);
        set => values[field] = value;
    }

    public IEnumerable<string> Filled => values.Where(value => value.Value is not null).Select(value => value.Key);

    public string? Text(string field) => field switch
    {
        "id" => id.ToString(CultureInfo.InvariantCulture),
        "marketoGUID" => guid,
        "createdAt" => Time(CreatedAt),
        "updatedAt" => Time(UpdatedAt),
        _ => values.GetValueOrDefault(field)?.ToString(),
    };

    public JsonNode? Json(string field) => field switch
    {
        "id" => id,
        "marketoGUID" or "createdAt" or "updatedAt" => Text(field),
        _ => values.GetValueOrDefault(field)?.DeepClone(),
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
