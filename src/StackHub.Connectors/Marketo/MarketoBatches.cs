using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// Sends records in as few calls as the limits allow. Some mistakes of one record make Marketo refuse the whole call: then it is cut in
/// two until the bad record is alone.
/// </summary>
internal sealed class MarketoBatches(MarketoApi api, MarketoOptions options)
{
    /// <summary>Below the 1 MB that a body may have.</summary>
    private const int MaxBytes = 900_000;

    /// <summary>One line for each record, in order.</summary>
    public async Task<IReadOnlyList<MarketoLine>> SendAsync(string operation, IReadOnlyList<JsonObject> records, Func<JsonArray, Task<MarketoReply>> send)
    {
        var lines = new MarketoLine[records.Count];
        var waiting = new Stack<Range>(Chunks(records).Reverse());
        while (waiting.TryPop(out var range))
        {
            var (start, count) = range.GetOffsetAndLength(records.Count);
            try
            {
                var reply = await send([.. records.Skip(start).Take(count).Select(record => record.DeepClone())]).ConfigureAwait(false);
                if (reply.Error is { } error)
                    Refused(operation, records, lines, error, start, count, waiting);
                else
                    Answered(operation, reply, lines, start, count);
            }
            catch (VendorUnavailableException e) when (start > 0 || e.Uncertain) // what became of the others must not be lost
            {
                Array.Fill(lines, MarketoLine.Unanswered(e), start, count);
                foreach (var unsent in waiting)
                    Array.Fill(lines, MarketoLine.Unanswered(new(api.System, e.Reason, e.RetryAfter)), unsent.Start.Value, unsent.End.Value - unsent.Start.Value);
                return lines;
            }
        }

        return lines;
    }

    private void Answered(string operation, MarketoReply reply, MarketoLine[] lines, int start, int count)
    {
        var lost = new VendorUnavailableException(api.System, $"{operation}: fewer lines than records") { Uncertain = true };
        for (var i = 0; i < count; i++)
            lines[start + i] = i < reply.Result.Count ? MarketoLine.Of(reply.Result[i]) : MarketoLine.Unanswered(lost);
    }

    private void Refused(string operation, IReadOnlyList<JsonObject> records, MarketoLine[] lines, MarketoError error, int start, int count, Stack<Range> waiting)
    {
        var field = MarketoErrors.UnknownField(error);
        if (MarketoErrors.IsAbout(error, options.IdField))
            throw new VendorUnavailableException(api.System, $"{operation}: error {error.Code} about the field '{options.IdField}', which setup creates") { NeedsPerson = true };
        if (field is null && MarketoErrors.NeedsPerson(error))
            api.Required(new MarketoReply([], error), operation);
        if (count == 1 || (field is not null && records.Skip(start).Take(count).All(record => record.ContainsKey(field))))
        {
            Array.Fill(lines, MarketoLine.Refused(error), start, count);
            return;
        }

        waiting.Push((start + count / 2)..(start + count));
        waiting.Push(start..(start + count / 2));
    }

    private IEnumerable<Range> Chunks(IReadOnlyList<JsonObject> records)
    {
        var (start, bytes) = (0, 0);
        for (var i = 0; i < records.Count; i++)
        {
            var size = System.Text.Encoding.UTF8.GetByteCount(records[i].ToJsonString());
            if (i > start && (i - start == options.Batch || bytes + size > MaxBytes))
            {
                yield return start..i;
                (start, bytes) = (i, 0);
            }

            bytes += size;
        }

        if (records.Count > start)
            yield return start..records.Count;
    }
}
