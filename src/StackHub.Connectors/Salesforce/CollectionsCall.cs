using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Salesforce;

/// <summary>
/// Sends a batch so that one bad record never fails the others: Salesforce answers a result a record, but refuses the whole batch for a
/// field it does not know or a value it cannot parse. Then the records with that field are set apart, or the batch is halved.
/// </summary>
internal sealed class CollectionsCall(SalesforceApi api)
{
    public async Task<IReadOnlyList<SaveResult>> SendAsync<T>(string operation, HttpMethod method, string path, IReadOnlyList<T> items, Func<IEnumerable<T>, byte[]> body, Func<T, string, bool> hasField, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            return [];
        var answer = await TryAsync(VendorCall.Write(operation, items.Count), method, path, body(items), cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is not { } refusal)
            return answer.Results;
        if (items.Count == 1 || refusal.Failure is not null)
            return [.. items.Select(_ => Refused(refusal))];

        var isBad = SetApart(items, refusal, hasField);
        var bad = await PartAsync(items.Where((_, index) => isBad[index])).ConfigureAwait(false);
        var good = await PartAsync(items.Where((_, index) => !isBad[index])).ConfigureAwait(false);
        return Weave(isBad, bad, good);

        async Task<Queue<SaveResult>> PartAsync(IEnumerable<T> part)
        {
            List<T> records = [.. part];
            return SalesforceErrors.MissingField(refusal) is { } field && records.Count > 0 && records.TrueForAll(record => hasField(record, field))
                ? new(records.Select(_ => Refused(refusal)))
                : new(await SendAsync(operation, method, path, records, body, hasField, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>A call that fails now leaves the outcomes of the calls before it as they are.</summary>
    private async Task<SaveAnswer> TryAsync(VendorCall call, HttpMethod method, string path, byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            return await api.SaveAsync(call, method, path, body, cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (!e.NeedsPerson)
        {
            return new([], SalesforceError.Of(e));
        }
    }

    private static bool[] SetApart<T>(IReadOnlyList<T> items, SalesforceError refusal, Func<T, string, bool> hasField)
    {
        if (SalesforceErrors.MissingField(refusal) is { } field && items.Any(item => hasField(item, field)))
            return [.. items.Select(item => hasField(item, field))];
        return [.. items.Select((_, index) => index < items.Count / 2)];
    }

    private static List<SaveResult> Weave(bool[] isBad, Queue<SaveResult> bad, Queue<SaveResult> good) =>
        [.. isBad.Select(fromBad => (fromBad ? bad : good).Dequeue())];

    private static SaveResult Refused(SalesforceError refusal) => new(Id: null, Success: false, [refusal], Created: null);
}
