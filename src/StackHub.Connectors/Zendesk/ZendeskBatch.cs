using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>The state of one write call: a failure on the way leaves every outcome that is known, and makes the others retries.</summary>
internal sealed class ZendeskBatch(SystemId system, ZendeskType type, IReadOnlyList<RecordWrite> writes)
{
    private readonly WriteOutcome?[] outcomes = new WriteOutcome?[writes.Count];
    private VendorUnavailableException? failure;
    private bool isKnown;

    public ZendeskType Type => type;

    public IReadOnlyList<RecordWrite> Writes => writes;

    public List<ZendeskPending> Updates { get; } = [];

    public List<ZendeskPending> Creates { get; } = [];

    /// <summary>Carried out, and not yet read back.</summary>
    public List<(ZendeskPending Pending, string Id)> Stored { get; } = [];

    public void Set(int index, WriteOutcome outcome)
    {
        outcomes[index] ??= outcome;
        isKnown = true;
    }

    public void Written(ZendeskPending pending, string id)
    {
        Stored.Add((pending, id));
        isKnown = true;
    }

    public void Fail(int index, VendorUnavailableException e)
    {
        failure ??= e;
        isKnown |= e.Uncertain;
        outcomes[index] ??= new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
    }

    /// <summary>Addresses (or names) that this call created.</summary>
    public IReadOnlyDictionary<string, string> CreatedNow() => Stored
        .Where(stored => stored.Pending.Write.Target is null && ZendeskDuplicates.KeyOf(type, stored.Pending.Write) is not null)
        .DistinctBy(stored => ZendeskDuplicates.KeyOf(type, stored.Pending.Write))
        .ToDictionary(stored => ZendeskDuplicates.KeyOf(type, stored.Pending.Write)!, stored => stored.Id, StringComparer.OrdinalIgnoreCase);

    public void Confirm(ZendeskPending pending, string id, ZendeskItem item)
    {
        var write = pending.Write;
        if (item is not { IsPresent: true, IsDeleted: false })
            Set(pending.Index, new WriteOutcome.Retry("not there after the write", Uncertain: true));
        else if (Ignored(write, item) is { } field)
            Set(pending.Index, new WriteOutcome.Refused("FieldIgnored", "Zendesk stored nothing in this field: it does not exist or is not active, or the address stayed secondary.", field));
        else
            Set(pending.Index, new WriteOutcome.Stored(RefOf(id), write.Target is null, item.UpdatedAt, ZendeskMapping.Stored(type, item, write.Fields)));
    }

    /// <summary>One step of the call; what it leaves undone is tried again later, and for the whole batch the next steps go on.</summary>
    public async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken, int? index = null)
    {
        if (failure is not null && index is null && !isKnown)
            return;
        try
        {
            await step(cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) // what the steps before have done must not be lost
        {
            failure ??= e;
            isKnown |= e.Uncertain;
            if (index is { } one)
                outcomes[one] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, Uncertain: true);
        }
    }

    /// <summary>Nothing was carried out and nothing may have been: the caller learns the reason instead of a list of retries.</summary>
    public IReadOnlyList<WriteOutcome> Outcomes()
    {
        if (failure is { } e && !isKnown)
            throw e;
        var stored = Stored.ToDictionary(one => one.Pending.Index, one => one);
        return [.. outcomes.Select((outcome, index) => outcome ?? (stored.TryGetValue(index, out var one)
            ? new WriteOutcome.Stored(RefOf(one.Id), one.Pending.Write.Target is null)
            : new WriteOutcome.Retry(failure?.Reason ?? "no answer", failure?.RetryAfter, failure?.Uncertain ?? true)))];
    }

    public ExternalRef RefOf(string id) => new(system, type.Name, id);

    /// <summary>Zendesk takes values for fields it does not have, and says nothing.</summary>
    private string? Ignored(RecordWrite write, ZendeskItem item)
    {
        var stored = ZendeskMapping.Stored(type, item, write.Fields);
        foreach (var field in write.Fields)
        {
            if (field.Value.Text is not { } text)
                continue;
            if (type.IsCustom(field.VendorField) && text != "false" && stored.GetValueOrDefault(field.VendorField) is null)
                return field.VendorField;
            if (field.VendorField == ZendeskFields.Email && !text.Equals(stored.GetValueOrDefault(field.VendorField), StringComparison.OrdinalIgnoreCase))
                return field.VendorField;
        }
        return null;
    }
}
