using System.Text.RegularExpressions;
using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>What the log tells of a window: who changed, who was deleted, and who was merged into whom.</summary>
internal sealed partial class MarketoWindow
{
    private readonly FeedPosition from;
    private readonly DateTimeOffset until;

    private MarketoWindow(FeedPosition from, DateTimeOffset until) => (this.from, this.until) = (from, until);

    public Dictionary<string, MarketoChange> Changed { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DateTimeOffset> Deleted { get; } = new(StringComparer.Ordinal);

    /// <summary>Loser to winner.</summary>
    public Dictionary<string, (string Winner, DateTimeOffset At)> Merged { get; } = new(StringComparer.Ordinal);

    public static async Task<MarketoWindow> ReadAsync(MarketoActivities log, IReadOnlyList<string> fields, int mergeActivity, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var window = new MarketoWindow(from, until);
        var token = await log.TokenAsync(from.Time, cancellationToken).ConfigureAwait(false);
        await window.ReadChangesAsync(log, token, fields, cancellationToken).ConfigureAwait(false);
        await foreach (var page in log.PagesAsync("activities.deletedLeads", "activities/deletedleads.json", token, from.Time, until, cancellationToken).ConfigureAwait(false))
            window.Each(page, (lead, at, _) => window.Deleted[lead] = at);
        await foreach (var page in log.PagesAsync("activities.merges", $"activities.json?activityTypeIds={mergeActivity}", token, from.Time, until, cancellationToken).ConfigureAwait(false))
            window.Each(page, window.Merge);
        foreach (var gone in window.Merged.Keys.Concat(window.Deleted.Keys))
            window.Changed.Remove(gone);
        foreach (var loser in window.Merged.Keys) // it is told by the feed of deleted leads too
            window.Deleted.Remove(loser);
        return window;
    }

    /// <summary>Only who changed: for what hangs on leads.</summary>
    public static async Task<MarketoWindow> ReadChangesAsync(MarketoActivities log, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var window = new MarketoWindow(from, until);
        var token = await log.TokenAsync(from.Time, cancellationToken).ConfigureAwait(false);
        await window.ReadChangesAsync(log, token, fields, cancellationToken).ConfigureAwait(false);
        return window;
    }

    private async Task ReadChangesAsync(MarketoActivities log, string token, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var path = $"activities/leadchanges.json?fields={string.Join(',', fields.Distinct().Select(Uri.EscapeDataString))}";
        await foreach (var page in log.PagesAsync("activities.leadChanges", path, token, from.Time, until, cancellationToken).ConfigureAwait(false))
            Each(page, (lead, at, activity) => ChangeOf(lead).Add(at, activity.Items("fields")));
    }

    private void Merge(string winner, DateTimeOffset at, MarketoItem activity)
    {
        // The value is a text such as "[1001, 1002]".
        var losers = activity.Items("attributes").Where(a => a.Text("name") == "Merge IDs").SelectMany(a => Numbers().Matches(a.Text("value") ?? "")).Select(m => m.Value);
        foreach (var loser in losers.Where(loser => loser != winner))
            Merged[loser] = (winner, at);
        ChangeOf(winner).Add(at, []); // it may have taken over values
    }

    private MarketoChange ChangeOf(string lead) => Changed.TryGetValue(lead, out var known) ? known : Changed[lead] = new();

    private void Each(IReadOnlyList<MarketoItem> page, Action<string, DateTimeOffset, MarketoItem> take)
    {
        foreach (var activity in page)
        {
            if (activity.Text("leadId") is { } lead && MarketoActivities.TimeOf(activity) is var at && at <= until && MarketoKey.Of(at, lead).CompareTo(MarketoKey.Of(from)) > 0)
                take(lead, at, activity);
        }
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
