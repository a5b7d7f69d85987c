using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Suppression;

namespace StackHub.Routing.Simulating;

/// <summary>Reads back what was routed, pool by pool, with all that another decision would ask.</summary>
public sealed class RecordedRoutings(RoutingLedger ledger, LeadFiles files, Redirects redirects, SuppressionList suppression)
{
    private const string AccountPrefix = "account.";
    private const string Stage = "lifecycleStage";

    /// <summary>Reads that wait for the store at once.</summary>
    private const int Together = 16;

    /// <param name="plan">The rules in force.</param>
    /// <param name="asked">Every field that will be asked about: of those that nobody asked about then, the value of now is read.</param>
    /// <param name="touch">The field with the time at which somebody last spoke to the person; null when there is none.</param>
    public async Task<IReadOnlyList<RecordedRouting>> ReadAsync(RoutingPlan plan, IReadOnlyCollection<string> asked, string? touch, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var keys = new HashSet<(RecordId Lead, int Attempt)>();
        foreach (var pool in (await ledger.PoolsAsync(cancellationToken)).Union(plan.Pools.Keys).Append(RoutingLedger.Owned).Append(RoutingLedger.Holding).Distinct())
            await foreach (var key in ledger.SinceAsync(pool, since, cancellationToken))
                keys.Add(key);
        var read = new ConcurrentBag<RecordedRouting>();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken }, async (key, token) =>
        {
            // What only says that a person moved the lead is no routing; the next one is.
            if (await ledger.RecordedAsync(key.Lead, key.Attempt, token) is { Entry.Reason: not RoutingOrder.ByHand } recorded)
                read.Add(await CompleteAsync(RecordedRouting.Of(recorded), plan, asked, touch, token));
        });
        return [.. Joined(read).Where(routing => routing.At < until)];
    }

    /// <summary>A lead that waited for one pool and was then decided by another came once.</summary>
    public static IEnumerable<RecordedRouting> Joined(IEnumerable<RecordedRouting> read)
    {
        foreach (var lead in read.GroupBy(routing => routing.Lead))
        {
            DateTimeOffset? came = null;
            foreach (var routing in lead.OrderBy(routing => routing.Attempt))
            {
                came ??= routing.At;
                if (routing.State == LedgerState.Moved)
                    continue;
                yield return routing with { At = came.Value };
                came = null;
            }
        }
    }

    private async Task<RecordedRouting> CompleteAsync(RecordedRouting routing, RoutingPlan plan, IReadOnlyCollection<string> asked, string? touch, CancellationToken cancellationToken)
    {
        if (routing.Inputs is not { } inputs || await files.GlanceAsync(redirects.Follow(routing.Lead), plan, cancellationToken) is not { } file)
            return routing;
        var missing = asked.Where(field => !inputs.Facts.ContainsKey(field)).ToArray();
        if (missing.Any(field => field.StartsWith(AccountPrefix, StringComparison.Ordinal)))
            file = await files.CompleteAsync(file, plan, cancellationToken);
        return routing with { Present = missing.ToImmutableSortedDictionary(field => field, field => file.Facts.Text(plan.Fields.PlaceOf(field)), StringComparer.Ordinal), TouchedAt = TouchedAt(file.Record, routing, touch) };
    }

    /// <summary>The first of: somebody spoke to them, or a tool says another stage than the one they came in.</summary>
    private static DateTimeOffset? TouchedAt(HubRecord record, RecordedRouting routing, string? touch)
    {
        var spoken = touch is null ? [] : Said(record, touch).Select(said => Time(said.Text));
        var taken = Said(record, Stage).Where(said => said.Text is not null && !string.Equals(said.Text, routing.Inputs!.Facts.GetValueOrDefault(Stage), StringComparison.OrdinalIgnoreCase)).Select(said => (DateTimeOffset?)said.At);
        return spoken.Concat(taken).Where(at => at > routing.At).Min();
    }

    private static IEnumerable<(string? Text, DateTimeOffset At)> Said(HubRecord record, string field) =>
        record.Links.SelectMany(link => link.Cell(field).State.Authored).Select(said => (said.Value.Text, said.At));

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
