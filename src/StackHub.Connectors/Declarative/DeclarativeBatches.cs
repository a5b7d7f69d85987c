using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative;

/// <summary>What a batch's answer says of one record: an outcome, or a fault that still has to be looked into.</summary>
internal sealed record BatchResult(WriteOutcome? Outcome, VendorFault? Fault = null);

/// <summary>Sends batches and tells what became of each record in them. A batch refused whole is halved until the bad record is alone.</summary>
internal sealed class DeclarativeBatches(DeclarativeApi api, DeclarativeReader reader, DeclarativeJobs jobs, ObjectSpec type)
{
    public async Task<IReadOnlyList<BatchResult>> SendAsync(WriteSpec write, IReadOnlyList<RecordWrite> records, CancellationToken cancellationToken)
    {
        var results = new BatchResult?[records.Count];
        var bodies = new List<(int Index, JsonNode Body)>();
        for (var i = 0; i < records.Count; i++)
        {
            var rendering = new Rendering(DeclarativeMapping.NamesOf(type, records[i], api.Names));
            var body = write.Record!.Render(rendering);
            if (rendering.Faults.Count > 0)
                results[i] = new(VendorFault.NotSent(rendering.Faults).Outcome());
            else
                bodies.Add((i, body!));
        }
        if (bodies.Count > 0)
            await SendAsync(write, records, bodies, results, cancellationToken);
        return [.. results.Select(result => result ?? new(new WriteOutcome.Retry("the answer does not tell what became of the record", Uncertain: true)))];
    }

    public WriteOutcome.Stored Stored(JsonNode item, RecordWrite write, bool isCreated)
    {
        var record = DeclarativeMapping.ToRecord(type, item, reader.RefOf(item), [.. write.Fields.Select(field => field.VendorField).Where(name => name != type.Consent?.Field)]);
        return new(record.Ref, isCreated, DeclarativeMapping.ModifiedOf(type, item), record.Fields.ToDictionary(field => field.Key, field => field.Value.Text));
    }

    private async Task SendAsync(WriteSpec write, IReadOnlyList<RecordWrite> records, IReadOnlyList<(int Index, JsonNode Body)> bodies, BatchResult?[] results, CancellationToken cancellationToken)
    {
        var names = api.Names.With("records", new JsonArray([.. bodies.Select(entry => entry.Body.DeepClone())]));
        var reply = await api.SendAsync(write.Request, names, bodies.Count, cancellationToken);
        if (reply.Fault is { Meaning: ErrorMeaning.Refused } && bodies.Count > 1)
        {
            var half = bodies.Count / 2;
            await SendAsync(write, records, [.. bodies.Take(half)], results, cancellationToken);
            await SendAsync(write, records, [.. bodies.Skip(half)], results, cancellationToken);
            return;
        }
        if (reply.Fault is null && write.Job is { } job)
            reply = await jobs.OverAsync(job, reply, cancellationToken);
        foreach (var (index, body) in bodies)
            results[index] = reply.Fault is { } fault ? Faulted(fault) : ResultOf(write, records[index], body, bodies.TakeWhile(entry => entry.Index != index).Count(), reply);
    }

    private BatchResult? ResultOf(WriteSpec write, RecordWrite record, JsonNode body, int place, VendorReply reply)
    {
        foreach (var spec in write.Results)
        {
            if (Find(spec, reply.Items(spec.At), body, place) is not { } result)
                continue;
            var item = JsonPath.At(result, spec.Item);
            if (spec.Then != ResultMeaning.Error && DeclarativeMapping.IdOf(type, item) is not null)
                return new(Stored(item!, record, spec.Then == ResultMeaning.Created));
            return Faulted(api.RecordFault(result));
        }
        return null;
    }

    private static JsonNode? Find(ResultSpec spec, IReadOnlyList<JsonNode> results, JsonNode body, int place)
    {
        if (spec.Key is not { } key)
            return place < results.Count ? results[place] : null;
        var sent = JsonPath.Text(JsonPath.At(body, key));
        return sent is null ? null : results.FirstOrDefault(result => string.Equals(JsonPath.Text(JsonPath.At(result, key)), sent, StringComparison.OrdinalIgnoreCase));
    }

    private static BatchResult Faulted(VendorFault fault) => fault.Meaning == ErrorMeaning.Exists ? new(null, fault) : new(fault.Outcome());
}
