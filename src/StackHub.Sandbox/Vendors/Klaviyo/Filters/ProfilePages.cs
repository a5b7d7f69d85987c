using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo.Records;

namespace StackHub.Sandbox.Vendors.Klaviyo.Filters;

/// <summary>A list of profiles by pages. A cursor goes on behind the last record shown, serves its own question only, and gets old.</summary>
internal sealed class ProfilePages(KlaviyoSandbox sandbox)
{
    private const int Largest = 100;

    public Answer Page(Call call)
    {
        var size = Size(call);
        var sort = call.Query("sort") ?? "id";
        var question = $"{call.Query("filter")}|{sort}|{size}";
        var found = Sorted(new ProfileFilter(call.Query("filter"), sandbox.Errors).Of(sandbox.State, sandbox.Clock.Now), sort);
        if (call.Query("page[cursor]") is { Length: > 0 } cursor)
        {
            var last = Read(cursor, question);
            found = found.Where(entry => sort.StartsWith('-') ? entry.Key.CompareTo(last) < 0 : entry.Key.CompareTo(last) > 0);
        }

        var page = found.Take(size + 1).ToList();
        var links = sandbox.Shapes.Self("/api/profiles/");
        if (page.Count > size)
        {
            page.RemoveAt(size);
            links["next"] = Next(call, Write(page[^1].Key, question));
        }

        call.Records = page.Count;
        var withSubscriptions = call.Queries("additional-fields[profile]").Contains("subscriptions");
        return KlaviyoErrors.Ok(new JsonObject { ["data"] = page.Select(JsonNode (entry) => sandbox.Shapes.Of(entry.Profile, withSubscriptions)).ToJsonArray(), ["links"] = links });
    }

    private int Size(Call call)
    {
        var size = call.QueryInt("page[size]", 20);
        if (size is >= 1 and <= Largest)
            return size;
        sandbox.Stats.Violate("batch-size", $"{call.Operation} with page[size] {size}");
        throw sandbox.Errors.BadParameter($"Page size must be an integer between 1 and {Largest}.", "page[size]");
    }

    private IEnumerable<((long Ticks, long Number) Key, KlaviyoProfile Profile)> Sorted(IEnumerable<KlaviyoProfile> found, string sort)
    {
        Func<KlaviyoProfile, long> ticks = sort.TrimStart('-') switch
        {
            "id" => profile => profile.Number,
            "created" => profile => profile.Created.UtcTicks,
            "updated" => profile => profile.Updated.UtcTicks,
            _ => throw sandbox.Errors.BadParameter($"'{sort}' is not a field to sort by.", "sort"),
        };
        var keyed = found.Select(profile => (Key: (ticks(profile), profile.Number), Profile: profile));
        return sort.StartsWith('-') ? keyed.OrderByDescending(entry => entry.Key) : keyed.OrderBy(entry => entry.Key);
    }

    private string Next(Call call, string cursor)
    {
        string[] kept = ["filter", "sort", "page[size]", "additional-fields[profile]"];
        var query = kept.Where(name => call.Query(name) is not null).Select(name => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(call.Query(name)!)}");
        return sandbox.Shapes.Address($"/api/profiles/?{string.Join('&', query.Append($"page%5Bcursor%5D={Uri.EscapeDataString(cursor)}"))}");
    }

    private string Write((long Ticks, long Number) key, string question) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key.Ticks}/{key.Number}/{sandbox.Clock.Now.UtcTicks}/{question}"));

    private (long Ticks, long Number) Read(string cursor, string question)
    {
        Span<byte> bytes = new byte[cursor.Length];
        var parts = Convert.TryFromBase64String(cursor, bytes, out var length) ? Encoding.UTF8.GetString(bytes[..length]).Split('/', 4) : [];
        if (parts.Length != 4 || parts[3] != question || new DateTimeOffset(Number(parts[2]), TimeSpan.Zero) + sandbox.Options.CursorLife < sandbox.Clock.Now)
            throw sandbox.Errors.BadParameter("Invalid page cursor.", "page[cursor]");
        return (Number(parts[0]), Number(parts[1]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
