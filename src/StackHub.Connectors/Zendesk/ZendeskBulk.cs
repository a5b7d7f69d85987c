using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Zendesk;

/// <summary>What became of one record that was sent: its row, or why nobody knows.</summary>
internal readonly record struct ZendeskResult(ZendeskRow? Row, VendorUnavailableException? Failure)
{
    /// <summary>The id under which it is stored; null when it is not.</summary>
    public string? StoredId => Row is { IsDone: true, Id: > 0 } row ? row.Id.Value.ToString(CultureInfo.InvariantCulture) : null;
}

/// <summary>
/// Sends many records in one job. Creating users by a job must be enabled by Zendesk's support; where it is not, they are created one by one.
/// </summary>
internal sealed class ZendeskBulk(ZendeskApi api, ZendeskJobs jobs, ZendeskOptions options)
{
    private volatile bool importsRefused = !options.BulkImports;

    public async Task<ZendeskResult[]> CreateAsync(ZendeskType type, IReadOnlyList<JsonObject> bodies, CancellationToken cancellationToken)
    {
        if (type.IsUsers && importsRefused)
            return await OneByOneAsync(bodies, cancellationToken).ConfigureAwait(false);
        var rows = await jobs.RunAsync($"{type}.createMany", HttpMethod.Post, $"{type.Path}/create_many", Body(type, bodies), bodies.Count, cancellationToken).ConfigureAwait(false);
        if (rows is not null)
            return Results(rows, bodies);
        if (!type.IsUsers)
            throw api.Forbidden($"{type}.createMany");
        importsRefused = true;
        return await OneByOneAsync(bodies, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ZendeskResult[]> UpdateAsync(ZendeskType type, IReadOnlyList<JsonObject> bodies, CancellationToken cancellationToken) =>
        Results(
            await jobs.RunAsync($"{type}.updateMany", HttpMethod.Put, $"{type.Path}/update_many", Body(type, bodies), bodies.Count, cancellationToken).ConfigureAwait(false)
                ?? throw api.Forbidden($"{type}.updateMany"),
            bodies);

    public async Task<ZendeskResult[]> DeleteAsync(ZendeskType type, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var rows = await jobs.RunAsync($"{type}.destroyMany", HttpMethod.Delete, $"{type.Path}/destroy_many?ids={string.Join(',', ids)}", body: null, ids.Count, cancellationToken).ConfigureAwait(false)
            ?? throw api.Forbidden($"{type}.destroyMany");
        return [.. ZendeskRows.Match(rows, [.. ids.Select(id => new ZendeskSent(long.Parse(id, CultureInfo.InvariantCulture), null))]).Select(row => new ZendeskResult(row, null))];
    }

    public static JsonObject Body(ZendeskType type, IEnumerable<JsonObject> bodies) => new() { [type.Name] = new JsonArray([.. bodies.Select(body => body.DeepClone())]) };

    private static ZendeskResult[] Results(IReadOnlyList<ZendeskRow> rows, IReadOnlyList<JsonObject> bodies) =>
        [.. ZendeskRows.Match(rows, [.. bodies.Select(body => new ZendeskSent((long?)body["id"], (string?)body["external_id"]))]).Select(row => new ZendeskResult(row, null))];

    private async Task<ZendeskResult[]> OneByOneAsync(IReadOnlyList<JsonObject> bodies, CancellationToken cancellationToken)
    {
        var results = new ZendeskResult[bodies.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, bodies.Count, parallel, async (index, token) =>
        {
            try
            {
                var reply = await api.CreateUserAsync(bodies[index], token).ConfigureAwait(false);
                results[index] = new(reply.Error is { } error ? ZendeskRefusal.RowOf(error) : new ZendeskRow(index, (long?)reply.Body?["user"]?["id"], null, "Created", true, null, null), null);
            }
            catch (VendorUnavailableException e) // one record without an answer must not hide what became of the others
            {
                results[index] = new(null, e);
            }
        }).ConfigureAwait(false);
        return results;
    }
}
