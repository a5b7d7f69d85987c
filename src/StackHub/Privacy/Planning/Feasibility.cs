using StackHub.Configuration;
using StackHub.Records;

namespace StackHub.Privacy.Planning;

/// <summary>Whether a system can be proven done in time, said before anybody is promised anything.</summary>
/// <param name="LatestDispatch">The last moment at which asking the vendor still ends before the safe date; it may have passed.</param>
/// <param name="ProvenBy">When it will be proven if it is asked as soon as it can be.</param>
public sealed record SystemFeasibility(string System, DateTimeOffset LatestDispatch, DateTimeOffset ProvenBy, bool InTime, string Words);

/// <summary>The safe date minus what cannot be hurried: the vendor's own window, those before it in the order, its quota and its queue.</summary>
public static class Feasibility
{
    /// <param name="waiting">Calls ahead in the system's queue.</param>
    /// <param name="perDay">How many the vendor takes a day; null when that is no limit.</param>
    public static SystemFeasibility Of(string system, TimeSpan gone, TimeSpan before, int waiting, int? perDay, DateTimeOffset safeDue, DateTimeOffset now)
    {
        var queue = perDay is > 0 and var quota ? TimeSpan.FromDays((double)waiting / quota) : TimeSpan.Zero;
        var latest = safeDue - gone - queue;
        var proven = now + before + queue + gone;
        var inTime = proven <= safeDue;
        var words = inTime
            ? $"{system} can be proven by {proven:yyyy-MM-dd}; ask it by {latest:yyyy-MM-dd HH:mm} UTC."
            : $"{system} cannot be proven in time: it takes until {proven:yyyy-MM-dd}, and the safe date is {safeDue:yyyy-MM-dd}. {(latest < now ? $"The latest safe dispatch was {latest:yyyy-MM-dd HH:mm} UTC." : $"The latest safe dispatch is {latest:yyyy-MM-dd HH:mm} UTC.")}";
        return new(system, latest, proven, inTime, words);
    }

    /// <summary>All systems of a plan; a system's wait for earlier stages counts.</summary>
    public static IReadOnlyList<SystemFeasibility> Of(RequestPlan plan, HubModel model, DateTimeOffset safeDue, DateTimeOffset now, IReadOnlyDictionary<SystemId, SystemLoad>? loads = null)
    {
        var before = new Dictionary<int, TimeSpan>();
        var all = new List<SystemFeasibility>();
        foreach (var stage in plan.Systems.GroupBy(system => system.Stage).OrderBy(stage => stage.Key))
        {
            var waited = before.Values.Aggregate(TimeSpan.Zero, (sum, one) => sum + one);
            var windows = stage.Select(system => (system, VendorErasure.Of(model.Systems[system.System].Connector).Gone)).ToArray();
            all.AddRange(windows.Select(one => (one, load: loads?.GetValueOrDefault(one.system.System))).Select(each => Of(each.one.system.System.Name, each.one.Gone, waited, each.load?.Waiting ?? 0, each.load?.PerDay, safeDue, now)));
            before[stage.Key] = windows.Max(one => one.Gone);
        }
        return all;
    }

    /// <summary>A letter that says what has to be said inside the first term; null when nothing needs an extension.</summary>
    public static string? ExtensionDraft(PrivacyRequest request, IReadOnlyList<SystemFeasibility> systems, DateTimeOffset safeDue)
    {
        var late = systems.Where(system => !system.InTime).ToArray();
        return late.Length == 0 ? null : $"""
            Your request {request.Id} of {request.ReceivedAt:yyyy-MM-dd} needs more time than the {safeDue:yyyy-MM-dd} we owe you an answer by.
            We pass it on at once. {string.Join(" ", late.Select(system => $"{system.System} needs until {system.ProvenBy:yyyy-MM-dd} to remove your data everywhere, which we cannot hurry."))}
            We will tell you as soon as it is done, and write this before the first term has ended, as the law asks.
            """;
    }
}
