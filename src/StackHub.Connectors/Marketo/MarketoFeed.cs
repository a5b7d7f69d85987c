using System.Runtime.CompilerServices;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// The leads' change feed: the log tells who changed and when each field did, deleted leads and merges have feeds of their own, and the
/// leads themselves are read by id. A long window is read in slices, so that it neither fills the memory nor begins again after a failure.
/// </summary>
internal sealed class MarketoFeed(MarketoReader reader, MarketoActivities log, MarketoOptions options, SystemId system)
{
    private static readonly TimeSpan Slice = TimeSpan.FromDays(1);

    public async IAsyncEnumerable<FeedPage> LeadsAsync(IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var start = from; start.Time < until;)
        {
            var end = start.Time + Slice < until ? start.Time + Slice : until;
            var window = await MarketoWindow.ReadAsync(log, fields, options.MergeActivity, start, end, cancellationToken).ConfigureAwait(false);
            var gone = GoneOf(window);
            foreach (var chunk in Ordered(window).Chunk(options.Batch))
            {
                var last = chunk[^1].Key;
                var changes = await SeenAsync(fields, chunk, cancellationToken).ConfigureAwait(false);
                yield return new FeedPage([.. TakeUntil(gone, last), .. changes], new(last.Time, last.Id));
            }

            start = FeedPosition.At(end);
            yield return new FeedPage([.. gone.Select(change => change.Change)], start);
        }
    }

    /// <summary>Marketo has no feed of companies: those whose leads show another company value are read, others are found by a full read.</summary>
    public async IAsyncEnumerable<FeedPage> CompaniesAsync(IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var window = await MarketoWindow.ReadChangesAsync(log, CompanyFields, from, until, cancellationToken).ConfigureAwait(false);
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var chunk in window.Changed.Keys.Chunk(options.Batch))
        {
            var leads = await reader.ReadAsync(MarketoObject.Leads, [MarketoObject.CompanyKey], chunk, cancellationToken).ConfigureAwait(false);
            keys.UnionWith(leads.OfType<Change.Seen>().Select(lead => lead.Record.Fields.GetValueOrDefault(MarketoObject.CompanyKey).Text).OfType<string>());
        }

        foreach (var chunk in keys.Order(StringComparer.Ordinal).Chunk(options.Batch))
            yield return new FeedPage([.. (await reader.ReadAsync(MarketoObject.Companies, fields, chunk, cancellationToken).ConfigureAwait(false)).OfType<Change.Seen>()], from);
        yield return new FeedPage([], FeedPosition.At(until));
    }

    /// <summary>Company values that a lead shows.</summary>
    private static readonly string[] CompanyFields = [MarketoObject.CompanyKey, "company", "website", "industry", "numberOfEmployees", "annualRevenue"];

    private static IEnumerable<(MarketoKey Key, MarketoChange Change)> Ordered(MarketoWindow window) =>
        window.Changed.Select(changed => (Key: MarketoKey.Of(changed.Value.At, changed.Key), Change: changed.Value)).OrderBy(changed => changed.Key);

    private Queue<(MarketoKey Key, Change Change)> GoneOf(MarketoWindow window) => new(
        window.Deleted.Select(gone => (Key: MarketoKey.Of(gone.Value, gone.Key), Change: (Change)new Change.Deleted(RefOf(gone.Key), gone.Value)))
            .Concat(window.Merged.Select(gone => (Key: MarketoKey.Of(gone.Value.At, gone.Key), Change: (Change)new Change.Moved(RefOf(gone.Key), RefOf(gone.Value.Winner), gone.Value.At))))
            .OrderBy(gone => gone.Key));

    /// <summary>Who is missing by now was deleted behind the window: the next one tells it.</summary>
    private async Task<IReadOnlyList<Change>> SeenAsync(IReadOnlyList<string> fields, (MarketoKey Key, MarketoChange Change)[] chunk, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(MarketoObject.Leads, fields, [.. chunk.Select(changed => changed.Key.Id)], cancellationToken).ConfigureAwait(false);
        return [.. read.Zip(chunk).Where(pair => pair.First is Change.Seen).Select(pair => new Change.Seen(MarketoMapping.Dated(((Change.Seen)pair.First).Record, pair.Second.Change)))];
    }

    private static IEnumerable<Change> TakeUntil(Queue<(MarketoKey Key, Change Change)> gone, MarketoKey last)
    {
        while (gone.TryPeek(out var next) && next.Key.CompareTo(last) <= 0)
            yield return gone.Dequeue().Change;
    }

    private ExternalRef RefOf(string id) => MarketoObject.Leads.Ref(system, id);
}
