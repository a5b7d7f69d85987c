using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Intercom;

/// <summary>Writes companies: an upsert by company_id (the hub's id) to create, an update by Intercom's id.</summary>
internal sealed class IntercomCompanies(IntercomApi api, IntercomOptions options, SystemId system)
{
    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) =>
        IntercomBatch.RunAsync(writes, options.Concurrency, (write, _, token) => write.Target is { } target
            ? UpdateAsync(write, target, token)
            : CreateAsync(write, token), cancellationToken);

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        IntercomBatch.RunAsync(ids, options.Concurrency, (id, _, token) => DeleteAsync(id, token), cancellationToken);

    public static JsonObject CreateBody(RecordWrite write)
    {
        var body = IntercomMapping.ToBody(write);
        body["company_id"] = write.HubId.ToString();
        return body;
    }

    private async Task<WriteOutcome> CreateAsync(RecordWrite write, CancellationToken cancellationToken)
    {
        var reply = await api.UpsertCompanyAsync(CreateBody(write), cancellationToken);
        return reply.IsSuccess ? StoredOf(write, reply.Item, created: reply.Item.CreatedAt == reply.Item.UpdatedAt) : IntercomRefusal.Of(reply, write.Fields);
    }

    private async Task<WriteOutcome> UpdateAsync(RecordWrite write, string target, CancellationToken cancellationToken)
    {
        var reply = await api.UpdateCompanyAsync(target, IntercomMapping.ToBody(write), cancellationToken);
        if (reply.IsMissing)
            return await MissingAsync(write, target, cancellationToken);
        return reply.IsSuccess ? StoredOf(write, reply.Item, created: false) : IntercomRefusal.Of(reply, write.Fields);
    }

    private async Task<WriteOutcome> MissingAsync(RecordWrite write, string target, CancellationToken cancellationToken)
    {
        var ours = await api.FindCompanyAsync(write.HubId.ToString(), cancellationToken);
        return ours.IsSuccess && ours.Item.Id is { } id && id != target
            ? new WriteOutcome.Moved(RefOf(id))
            : new WriteOutcome.Gone();
    }

    private async Task<WriteOutcome> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var reply = await api.DeleteCompanyAsync(id, cancellationToken);
        return reply.IsSuccess || reply.IsMissing ? new WriteOutcome.Gone() : IntercomRefusal.Of(reply, []);
    }

    private WriteOutcome.Stored StoredOf(RecordWrite write, IntercomItem item, bool created) => new(
        RefOf(item.Id ?? write.Target ?? throw api.Unavailable("companies: an answer without an id")),
        created,
        item.UpdatedAt,
        IntercomMapping.Stored(item, write.Fields.Select(f => f.VendorField)));

    private ExternalRef RefOf(string id) => new(system, IntercomFields.Companies, id);
}
