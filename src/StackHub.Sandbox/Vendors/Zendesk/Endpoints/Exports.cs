using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Zendesk.Endpoints;

/// <summary>The incremental exports: users by cursor, organizations by time. Deleted records are in them.</summary>
internal sealed class Exports(ZendeskSandbox sandbox)
{
    private ZendeskOptions Options => sandbox.Options;

    private DateTimeOffset Newest => sandbox.Clock.Now - Options.ExportHoldBack;

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/api/v2/incremental/users/cursor", "incremental.users", Users),
        Endpoint.Get("/api/v2/incremental/organizations", "incremental.organizations", Organizations),
    ];

    private Answer Users(Call call)
    {
        var (time, id) = call.Query("cursor") is { } cursor ? Read(cursor) : (Start(call), 0L);
        var size = Size(call);
        var found = sandbox.State.ModifiedUsers.Between(time, Newest).Where(user => user.UpdatedAt > time || user.Id > id).Take(size + 1).ToList();
        var more = found.Count > size;
        var page = found.Take(size).ToList();
        if (page.Count > 0)
            (time, id) = (page[^1].UpdatedAt, page[^1].Id);
        call.Records = page.Count;
        return Answer.Ok(new JsonObject
        {
            ["users"] = page.Select(user => (JsonNode?)sandbox.Shapes.Of(user, sandbox.State.UserFields)).ToJsonArray(),
            ["after_cursor"] = Cursor(time, id),
            ["after_url"] = $"https://{Options.Subdomain}.zendesk.com/api/v2/incremental/users/cursor.json?cursor={Cursor(time, id)}",
            ["before_cursor"] = null,
            ["before_url"] = null,
            ["end_of_stream"] = !more,
        });
    }

    /// <summary>A page ends with a whole second: it grows beyond its size where many changed at once.</summary>
    private Answer Organizations(Call call)
    {
        var start = Start(call);
        var size = Size(call);
        var found = sandbox.State.ModifiedOrganizations.Between(start, Newest).ToList();
        var page = found.Count <= size ? found : [.. found.TakeWhile((one, index) => index < size || one.UpdatedAt == found[size - 1].UpdatedAt)];
        var end = page.Count == 0 ? start.ToUnixTimeSeconds() : page[^1].UpdatedAt.ToUnixTimeSeconds();
        call.Records = page.Count;
        return Answer.Ok(new JsonObject
        {
            ["organizations"] = page.Select(one => (JsonNode?)sandbox.Shapes.Of(one, sandbox.State.OrganizationFields)).ToJsonArray(),
            ["count"] = page.Count,
            ["end_time"] = end,
            ["next_page"] = $"https://{Options.Subdomain}.zendesk.com/api/v2/incremental/organizations.json?start_time={end}",
            ["end_of_stream"] = page.Count == found.Count,
        });
    }

    private DateTimeOffset Start(Call call)
    {
        if (!long.TryParse(call.Query("start_time"), CultureInfo.InvariantCulture, out var seconds))
            throw ZendeskErrors.Refusal(400, "InvalidValue", "start_time must be a Unix time");
        var start = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return start <= Newest ? start : throw ZendeskErrors.Refusal(422, "StartTimeTooRecent", "Too recent start_time. Use a start_time older than 60 seconds");
    }

    private int Size(Call call) => Math.Clamp(call.QueryInt("per_page", Options.ExportPage), 1, Options.ExportPage);

    private string Cursor(DateTimeOffset time, long id) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{time.ToUnixTimeSeconds()}|{id}|{sandbox.Clock.Now.UtcTicks}"));

    private (DateTimeOffset Time, long Id) Read(string cursor)
    {
        var bytes = new byte[cursor.Length];
        var parts = Convert.TryFromBase64String(cursor, bytes, out var length) ? Encoding.ASCII.GetString(bytes, 0, length).Split('|') : [];
        if (parts.Length != 3 || (Options.CursorLife is { } life && sandbox.Clock.Now - new DateTimeOffset(long.Parse(parts[2], CultureInfo.InvariantCulture), TimeSpan.Zero) > life))
            throw ZendeskErrors.Refusal(400, "InvalidPaginationParameter", "The cursor is invalid or has expired");
        return (DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
