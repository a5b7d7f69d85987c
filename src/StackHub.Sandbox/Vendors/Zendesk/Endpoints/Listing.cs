using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Zendesk.Endpoints;

/// <summary>Cursor pages of a list, and the readings of a call that users and organizations share.</summary>
internal static class Listing
{
    public const int MostAtOnce = 100;

    public static Answer Page<T>(Call call, string member, IEnumerable<T> all, Func<T, long> id, Func<T, JsonNode> json)
    {
        var size = int.TryParse(call.Query("page[size]"), CultureInfo.InvariantCulture, out var asked) ? asked : MostAtOnce;
        if (size is < 1 or > MostAtOnce)
            throw ZendeskErrors.Refusal(400, "InvalidPaginationParameter", "page[size] must be from 1 to 100");
        var after = call.Query("page[after]") is { } cursor ? Number(cursor) : 0;
        var page = all.Where(one => id(one) > after).Take(size + 1).ToList();
        var more = page.Count > size;
        var shown = page.Take(size).ToList();
        var last = shown.Count == 0 ? null : id(shown[^1]).ToString(CultureInfo.InvariantCulture);
        return Answer.Ok(new JsonObject
        {
            [member] = shown.Select(one => (JsonNode?)json(one)).ToJsonArray(),
            ["meta"] = new JsonObject { ["has_more"] = more, ["after_cursor"] = last, ["before_cursor"] = null },
            ["links"] = new JsonObject { ["next"] = more ? $"?page[after]={last}" : null, ["prev"] = null },
        });
    }

    /// <summary>The records of a many-call; more than a hundred are refused and noted.</summary>
    public static IReadOnlyList<JsonElement> Many(Call call, string member, Action<string> violate)
    {
        List<JsonElement> records = [.. call.Json.Items(member).Select(record => record.Clone())];
        return Few(call, records, violate);
    }

    /// <summary>A bulk update in either of its forms: records with their ids, or one set of values for the ids of the query.</summary>
    public static IReadOnlyList<JsonElement> Updates(Call call, string member, Action<string> violate)
    {
        if (call.Query("ids") is null || call.Json.Member(member[..^1]) is not { } values)
            return Many(call, member, violate);
        return Few(call, [.. Ids(call).Select(id => WithId(values, id))], violate);
    }

    private static JsonElement WithId(JsonElement values, long id)
    {
        var record = JsonObject.Create(values.Clone())!;
        record["id"] = id;
        return JsonSerializer.SerializeToElement(record);
    }

    public static IReadOnlyList<JsonElement> Ids(Call call, Action<string> violate) =>
        Few(call, [.. call.Queries("ids").Select(id => JsonSerializer.SerializeToElement(Number(id)))], violate);

    public static IEnumerable<long> Ids(Call call) => call.Queries("ids").Select(Number);

    public static long Number(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw ZendeskErrors.Refusal(400, "InvalidValue", "an id is not a number");

    private static List<JsonElement> Few(Call call, List<JsonElement> records, Action<string> violate)
    {
        call.Records = records.Count;
        if (records.Count == 0)
            throw ZendeskErrors.Refusal(400, "BadRequest", "there are no records in the request");
        if (records.Count <= MostAtOnce)
            return records;
        violate($"{call.Operation} with {records.Count} records");
        throw ZendeskErrors.Refusal(422, "TooManyRecords", "at most 100 records");
    }
}
