using System.Text.Json;
using StackHub.Connecting;
using StackHub.Connectors.Zendesk;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Zendesk;

internal static class Some
{
    public static readonly string[] UserFields = [.. ZendeskMaps.Users.Fields.Select(field => field.VendorField)];

    public static readonly string[] OrganizationFields = [.. ZendeskMaps.Organizations.Fields.Select(field => field.VendorField)];

    public static RecordId Id(int number) => RecordId.Parse($"00000000-0000-7000-8000-{number:000000000000}");

    public static RecordWrite User(int hubId, params FieldWrite[] fields) => new(Id(hubId), "users", fields);

    public static RecordWrite Organization(int hubId, params FieldWrite[] fields) => new(Id(hubId), "organizations", fields);

    public static FieldWrite Email(string? address) => new("email", FieldType.Email, new FieldValue(address));

    public static FieldWrite First(string? name) => new(ZendeskFields.FirstName, FieldType.Text, new FieldValue(name));

    public static FieldWrite Last(string? name) => new(ZendeskFields.LastName, FieldType.Text, new FieldValue(name));

    public static FieldWrite Title(string? title) => Field("user_fields.job_title", title);

    public static FieldWrite Field(string name, string? value, FieldType type = FieldType.Text) => new(name, type, new FieldValue(value));

    public static ZendeskItem Item(string json) => new(JsonDocument.Parse(json).RootElement);

    public static async Task<List<T>> All<T>(IAsyncEnumerable<T> source)
    {
        List<T> all = [];
        await foreach (var item in source)
            all.Add(item);
        return all;
    }

    public static async Task<WriteOutcome> OneAsync(this IConnector connector, RecordWrite write) => (await connector.WriteAsync(write.ObjectType, [write], default)).Single();

    public static async Task<WriteOutcome.Stored> StoreAsync(this IConnector connector, RecordWrite write) => Assert.IsType<WriteOutcome.Stored>(await connector.OneAsync(write));
}
