using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Intercom;

/// <summary>Writes contacts: looks before it creates, composes the name, and attaches the company as a second step.</summary>
internal sealed class IntercomContacts(IntercomApi api, IntercomOptions options, SystemId system, TimeProvider time)
{
    private readonly IntercomRecent recent = new(time, options.SearchLag * 2);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var found = await SearchAsync([.. writes.Where(w => w.Target is null && Remembered(w) is null)], cancellationToken);
        // Records of one address, or of one hub id, are written one after another: the second must see the first.
        (RecordWrite Write, int Index)[][] chains = [.. writes.Select((w, i) => (Write: w, Index: i)).GroupBy(e => ChainOf(e.Write), StringComparer.OrdinalIgnoreCase).Select(g => g.ToArray())];
        var outcomes = new WriteOutcome[writes.Count];
        var perChain = await IntercomBatch.RunAsync(chains, options.Concurrency, (chain, _, token) => WriteChainAsync(chain, found, outcomes, token), cancellationToken);
        for (var c = 0; c < chains.Length; c++)
        {
            foreach (var (_, index) in chains[c])
                outcomes[index] ??= perChain[c];
        }
        return outcomes;
    }

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        IntercomBatch.RunAsync(ids, options.Concurrency, (id, _, token) => DeleteAsync(id, token), cancellationToken);

    /// <summary>The body of a create: the hub's id in external_id is what makes a repeat recognisable.</summary>
    public JsonObject CreateBody(RecordWrite write)
    {
        var body = IntercomMapping.ToBody(write);
        body["role"] = options.CreatesLeads ? "lead" : "user";
        body["external_id"] = write.HubId.ToString();
        if (NameIn(write) is { } name)
            body["name"] = name;
        return body;
    }

    public static JsonObject UpdateBody(RecordWrite write)
    {
        var body = IntercomMapping.ToBody(write);
        if (write.Fields.Count(f => IntercomFields.IsNamePart(f.VendorField)) == 2)
            body["name"] = NameIn(write);
        return body;
    }

    private static string? NameIn(RecordWrite write) => IntercomName.Join(
        write.Fields.FirstOrDefault(f => f.VendorField == IntercomFields.FirstName).Value.Text,
        write.Fields.FirstOrDefault(f => f.VendorField == IntercomFields.LastName).Value.Text);

    private static string ChainOf(RecordWrite write) =>
        write.Target is { } target ? $"id {target}" : IntercomMatches.EmailOf(write) ?? write.HubId.ToString();

    private async Task<WriteOutcome> WriteChainAsync((RecordWrite Write, int Index)[] chain, IReadOnlyList<IntercomItem> found, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        for (var i = 0; i < chain.Length; i++)
        {
            var (write, index) = chain[i];
            try
            {
                outcomes[index] = write.Target is { } target
                    ? await UpdateAsync(write, target, cancellationToken)
                    : await CreateAsync(write, found, cancellationToken);
            }
            catch (VendorUnavailableException e) when (i > 0) // what the first of the chain became must not be lost
            {
                outcomes[index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
            }
        }
        return outcomes[chain[0].Index];
    }

    private async Task<IReadOnlyList<IntercomItem>> SearchAsync(IReadOnlyList<RecordWrite> creates, CancellationToken cancellationToken)
    {
        List<IntercomItem> found = [];
        for (string? cursor = null; creates.Count > 0;)
        {
            var page = await api.SearchAsync(IntercomMatches.Search(creates, cursor), creates.Count, cancellationToken);
            found.AddRange((page.Data ?? []).Select(d => new IntercomItem(d)));
            if (page.NextCursor is not { } next || next == cursor)
                break;
            cursor = next;
        }
        return found;
    }

    private async Task<WriteOutcome> CreateAsync(RecordWrite write, IReadOnlyList<IntercomItem> found, CancellationToken cancellationToken)
    {
        if (Remembered(write) is { } known)
            return new WriteOutcome.Existing(RefOf(known));
        // The search lags behind the create whose answer was lost; this look-up does not.
        if (write.Uncertain && await OursAsync(write, cancellationToken) is { } ours)
            return new WriteOutcome.Existing(RefOf(ours));
        if (IntercomMatches.Decide(write, found, system) is { } match)
            return match;

        var reply = await api.CreateContactAsync(CreateBody(write), cancellationToken);
        if (reply.IsConflict)
            return await ConflictAsync(write, reply, cancellationToken);
        if (!reply.IsSuccess)
            return IntercomRefusal.Of(reply, write.Fields);
        if (reply.Item.Id is not { } id)
            return new WriteOutcome.Retry("an answer without an id", Uncertain: true);
        recent.Add(id, write.HubId.ToString(), IntercomMatches.EmailOf(write));
        return await FinishAsync(write, reply.Item, created: true, cancellationToken);
    }

    /// <summary>Intercom knows the address or our id although the search did not; it may say which contact, or not.</summary>
    private async Task<WriteOutcome> ConflictAsync(RecordWrite write, IntercomReply reply, CancellationToken cancellationToken)
    {
        if (IntercomRefusal.IsArchived(reply.Error))
            return IntercomRefusal.Of(reply, write.Fields);
        var id = IntercomRefusal.ExistingId(reply.Error) ?? await OursAsync(write, cancellationToken);
        if (id is not null)
            return new WriteOutcome.Existing(RefOf(id));
        var match = IntercomMatches.Decide(write, await SearchAsync([write], cancellationToken), system);
        return match ?? new WriteOutcome.Retry("conflict", options.SearchLag);
    }

    private async Task<WriteOutcome> UpdateAsync(RecordWrite write, string target, CancellationToken cancellationToken)
    {
        var body = UpdateBody(write);
        await KeepOtherNamePartAsync(write, target, body, cancellationToken);
        var reply = body.Count > 0
            ? await api.UpdateContactAsync(target, body, cancellationToken)
            : await api.GetContactAsync(target, cancellationToken);
        if (reply.IsMissing)
            return await MissingAsync(write, target, cancellationToken);
        if (!reply.IsSuccess)
            return IntercomRefusal.Of(reply, write.Fields);
        if (write.Fields.Any(f => f.VendorField == IntercomFields.Email))
            recent.Remove(target); // the address remembered for it may be another one now
        return await FinishAsync(write, reply.Item, created: false, cancellationToken);
    }

    /// <summary>
    /// A contact that has only the one name keeps both halves of it: as soon as one half is stored beside it, the name is no longer read,
    /// so the half that is not written now is stored with the other.
    /// </summary>
    private async Task KeepOtherNamePartAsync(RecordWrite write, string target, JsonObject body, CancellationToken cancellationToken)
    {
        if (write.Fields.Where(f => IntercomFields.IsNamePart(f.VendorField)).ToArray() is not [var written])
            return;
        var before = await api.GetContactAsync(target, cancellationToken);
        if (before.IsSuccess && IntercomMapping.OtherNamePart(before.Item, written.VendorField) is var (field, text))
            ((JsonObject)body["custom_attributes"]!)[IntercomFields.AttributeOf(field)] = text;
    }

    /// <summary>A merged contact answers 404 by its old id; its survivor is found where it carries our id.</summary>
    private async Task<WriteOutcome> MissingAsync(RecordWrite write, string target, CancellationToken cancellationToken)
    {
        recent.Remove(target);
        var survivor = await OursAsync(write, cancellationToken);
        return survivor is not null && survivor != target ? new WriteOutcome.Moved(RefOf(survivor)) : new WriteOutcome.Gone();
    }

    /// <summary>The second steps: the composed name where only one half of it was written, and the company.</summary>
    private async Task<WriteOutcome> FinishAsync(RecordWrite write, IntercomItem item, bool created, CancellationToken cancellationToken)
    {
        var id = item.Id ?? write.Target ?? throw api.Unavailable("contacts: an answer without an id");
        try
        {
            item = await ComposeNameAsync(write, id, item, cancellationToken);
            var company = await PlaceAsync(write, id, item, cancellationToken);
            if (company is { Refusal: { } refusal } && !created)
                return refusal;
            return StoredOf(write, id, item, created, company);
        }
        catch (VendorUnavailableException e) when (created)
        {
            // The contact is there: the repeat finds it, links it and writes the rest.
            return new WriteOutcome.Retry(e.Reason, e.RetryAfter, Uncertain: true);
        }
    }

    private WriteOutcome.Stored StoredOf(RecordWrite write, string id, IntercomItem item, bool created, CompanyStep? company)
    {
        var values = IntercomMapping.Stored(item, write.Fields.Select(f => f.VendorField).Where(f => f != IntercomFields.Company));
        if (company is not null)
            values[IntercomFields.Company] = company.Refusal is null ? company.Id : null;
        return new WriteOutcome.Stored(RefOf(id), created, item.UpdatedAt, values);
    }

    private async Task<IntercomItem> ComposeNameAsync(RecordWrite write, string id, IntercomItem item, CancellationToken cancellationToken)
    {
        if (!write.Fields.Any(f => IntercomFields.IsNamePart(f.VendorField)))
            return item;
        var name = IntercomMapping.NameOf(item);
        if (name == (string.IsNullOrEmpty(item.Name) ? null : item.Name))
            return item;
        var reply = await api.UpdateContactAsync(id, new JsonObject { ["name"] = name }, cancellationToken);
        return reply.IsSuccess ? reply.Item : item; // the name is for people to read; the two attributes are stored
    }

    /// <summary>
    /// Attaches the contact to the company it should have. A contact that was in exactly one other company moves out of that; with several
    /// the others were attached by somebody else and stay.
    /// </summary>
    private async Task<CompanyStep?> PlaceAsync(RecordWrite write, string id, IntercomItem item, CancellationToken cancellationToken)
    {
        if (!write.Fields.Any(f => f.VendorField == IntercomFields.Company))
            return null;
        var wanted = write.Fields.First(f => f.VendorField == IntercomFields.Company).Value.Text;
        var links = item.Companies ?? new IntercomCompanyLinks([], HasMore: false);
        if (wanted is not null && !links.Ids.Contains(wanted))
        {
            var attached = await api.AttachAsync(id, wanted, cancellationToken);
            if (!attached.IsSuccess)
                return new CompanyStep(null, IntercomRefusal.Of(attached, write.Fields) with { VendorField = IntercomFields.Company });
        }
        if (links.Only is { } old && old != wanted)
            await api.DetachAsync(id, old, cancellationToken); // already detached answers 404: the same end
        return new CompanyStep(wanted, Refusal: null);
    }

    private async Task<WriteOutcome> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var reply = await api.DeleteContactAsync(id, cancellationToken);
        recent.Remove(id);
        return reply.IsSuccess || reply.IsMissing ? new WriteOutcome.Gone() : IntercomRefusal.Of(reply, []);
    }

    private string? Remembered(RecordWrite write) => recent.Find(write.HubId.ToString()) ?? recent.Find(IntercomMatches.EmailOf(write));

    private async Task<string?> OursAsync(RecordWrite write, CancellationToken cancellationToken)
    {
        var reply = await api.FindByExternalIdAsync(write.HubId.ToString(), cancellationToken);
        return reply.IsSuccess ? reply.Item.Id : null;
    }

    private ExternalRef RefOf(string id) => new(system, IntercomFields.Contacts, id);

    private sealed record CompanyStep(string? Id, WriteOutcome.Refused? Refusal);
}
