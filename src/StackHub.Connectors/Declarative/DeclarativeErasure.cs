using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative;

/// <summary>
/// Erases in two turns: first the steps for every record of the person, then, with the ticket, the question whether it is done. The ticket
/// holds the vendor's ids and those of its requests.
/// </summary>
internal sealed class DeclarativeErasure(DeclarativeApi api, DeclarativeReader reader, ObjectSpec type, EraseSpec spec)
{
    public async Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.Ticket is { } ticket ? await ConfirmAsync(ticket, cancellationToken) : await AskAsync(request, cancellationToken);
        }
        catch (VendorUnavailableException e) when (e.Uncertain)
        {
            return new ErasureOutcome.Requested(e.Reason, e.RetryAfter ?? spec.Wait);
        }
    }

    private async Task<ErasureOutcome> AskAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        var subjects = await SubjectsAsync(request, cancellationToken);
        var tickets = new JsonArray();
        foreach (var (id, email) in subjects)
        {
            foreach (var step in spec.Steps)
            {
                var reply = await api.SendAsync(step.Request, api.Names.With("id", id).With("email", email), 1, cancellationToken);
                if (reply.Fault is { Meaning: not ErrorMeaning.Gone } fault)
                    return fault.Meaning == ErrorMeaning.Retry ? new ErasureOutcome.Requested(fault.Code, fault.After ?? spec.Wait) : new ErasureOutcome.Refused(fault.Code, fault.Message);
                if (reply.Fault is null && (step.Ticket is null ? step == spec.Steps[^1] : true))
                    tickets.Add(new JsonObject { ["id"] = id, ["ticket"] = step.Ticket is null ? null : reply.Text(step.Ticket) ?? throw api.Unavailable($"{type.Name}.erase: the answer has no '{step.Ticket}'") });
            }
        }
        if (tickets.Count == 0)
            return new ErasureOutcome.NotFound();
        return spec.Confirm is null ? new ErasureOutcome.Confirmed(ErasureEvidence.Status, subjects.Count) : new ErasureOutcome.Accepted(tickets.ToJsonString(), spec.Wait);
    }

    /// <summary>The record of the id and all records of its address or the one given.</summary>
    private async Task<IReadOnlyList<(string Id, string? Email)>> SubjectsAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        var email = request.Email;
        var subjects = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (request.Id is { } id && await ReadAsync(id, cancellationToken) is { } record)
        {
            email ??= record;
            subjects[id] = record.Length > 0 ? record : email;
        }
        if (email is { Length: > 0 })
        {
            foreach (var item in await reader.FindAsync(api.Names.With("email", email), cancellationToken))
                subjects[reader.RefOf(item).Id] = email;
        }
        return [.. subjects.Select(subject => (subject.Key, subject.Value))];
    }

    /// <summary>The record's address, empty without one; null when there is no such record.</summary>
    private async Task<string?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        string[] fields = type.Email is { } email ? [email.Name] : [];
        var change = (await reader.ReadAsync(fields, [id], cancellationToken))[0];
        return change is Change.Seen seen ? seen.Record.Fields.Values.FirstOrDefault().Text ?? "" : null;
    }

    private async Task<ErasureOutcome> ConfirmAsync(string ticket, CancellationToken cancellationToken)
    {
        var waiting = new JsonArray();
        var asked = Read(ticket);
        if (spec.Confirm is not { } confirm)
            return new ErasureOutcome.Confirmed(ErasureEvidence.Status, asked.Count);
        foreach (var entry in asked)
        {
            var names = api.Names.With("id", JsonPath.Text(entry["id"])).With("ticket", JsonPath.Text(entry["ticket"]));
            var reply = await api.SendAsync(confirm.Request, names, 1, cancellationToken);
            switch (StateOf(confirm, reply))
            {
                case false:
                    return new ErasureOutcome.Refused("failed", "The vendor says that its erasure failed.");
                case null:
                    waiting.Add(entry.DeepClone());
                    break;
            }
        }
        if (waiting.Count > 0)
            return new ErasureOutcome.Accepted(ticket, spec.Wait);
        return new ErasureOutcome.Confirmed(confirm.Status is null ? ErasureEvidence.Absence : ErasureEvidence.Status, asked.Select(entry => JsonPath.Text(entry["id"])).Distinct().Count());
    }

    /// <summary>True when done, false when failed, null while at work; without a status only absence counts.</summary>
    private bool? StateOf(ConfirmSpec confirm, VendorReply reply)
    {
        if (confirm.Status is null && reply.Fault is { Meaning: ErrorMeaning.Gone })
            return true;
        if (reply.Fault is { } fault)
            throw new VendorUnavailableException(api.System, $"{type.Name}.erase.confirm: {fault.Code}", fault.After);
        var state = confirm.Status is null ? null : reply.Text(confirm.Status);
        return state is null ? null : confirm.Done.Contains(state) ? true : confirm.Failed.Contains(state) ? false : null;
    }

    private static List<JsonObject> Read(string ticket)
    {
        try
        {
            return JsonNode.Parse(ticket) is JsonArray list ? [.. list.OfType<JsonObject>()] : throw new ArgumentException("The ticket is not one of this connector's.", nameof(ticket));
        }
        catch (JsonException)
        {
            throw new ArgumentException("The ticket is not one of this connector's.", nameof(ticket));
        }
    }
}
