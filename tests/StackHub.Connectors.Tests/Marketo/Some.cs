using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Marketo;

internal static class Some
{
    public static readonly string[] LeadFields = ["email", "firstName", "title", "unsubscribed"];

    public static RecordId Id(int n) => RecordId.Parse($"00000000-0000-7000-8000-{n:000000000000}");

    public static RecordWrite Lead(int hubId, params FieldWrite[] fields) => new(Id(hubId), "leads", fields);

    public static RecordWrite Company(int hubId, params FieldWrite[] fields) => new(Id(hubId), "companies", fields);

    public static FieldWrite Email(string? address) => new("email", FieldType.Email, new FieldValue(address));

    public static FieldWrite Field(string name, string? value, FieldType type = FieldType.Text) => new(name, type, new FieldValue(value));

    public static Dictionary<string, string?> Person(string email, string title = "Boss") => new() { ["email"] = email, ["title"] = title };

    public static async Task<List<T>> All<T>(IAsyncEnumerable<T> source)
    {
        List<T> all = [];
        await foreach (var item in source)
            all.Add(item);
        return all;
    }
}
