using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;

namespace StackHub.Web.Privacy.Console;

/// <summary>What is open, the earliest safe date on top.</summary>
/// <param name="Filter">One of <see cref="Filters"/>.</param>
/// <param name="Counts">How many each filter shows; null for those that are read only when asked for.</param>
public sealed record InboxModel(string Filter, IReadOnlyList<InboxRow> Rows, IReadOnlyDictionary<string, int?> Counts, IReadOnlyList<OfficerAlert> Alerts)
{
    public const string Closed = "closed";
    private const int MostAlerts = 8;

    /// <summary>In the order of the tabs; the first is shown unless told.</summary>
    public static readonly IReadOnlyList<string> Filters = ["open", "to-do", "overdue", "red", "unverified", "review", "approval", "under-way", "partial", Closed];

    /// <param name="feasible">Whether each system of a request can be proven in time.</param>
    public static InboxModel Of(string filter, IReadOnlyList<InboxLine> lines, Func<PrivacyRequest, IReadOnlyList<SystemFeasibility>> feasible, IReadOnlyList<OfficerAlert> alerts, LawBook laws)
    {
        InboxRow[] rows = [.. lines.Select(line => InboxRow.Of(line, feasible(line.Request), laws))];
        return new(filter, [.. rows.Where(row => Shows(filter, row))], Filters.ToDictionary(name => name, name => name == Closed ? null : (int?)rows.Count(row => Shows(name, row))), [.. alerts.DistinctBy(alert => (alert.Request, alert.Task, alert.Code)).Take(MostAlerts)]);
    }

    /// <summary>The same page with requests that are over, the last that came in on top.</summary>
    public InboxModel With(IEnumerable<PrivacyRequest> closed, LawBook laws) =>
        this with { Rows = [.. closed.Where(request => !request.State.IsOpen()).OrderByDescending(request => request.ReceivedAt).Select(request => InboxRow.Of(new(request, request.Due(laws), request.SafeDue(laws), false, [], ""), [], laws))] };

    private static bool Shows(string filter, InboxRow row) => filter switch
    {
        "open" => true,
        "to-do" => row.ToDo is not null,
        "overdue" => row.Overdue,
        "red" => row.Late.Count > 0,
        "unverified" => row.State == PrivacyRequestState.Received,
        "review" => row.State == PrivacyRequestState.NeedsReview,
        "approval" => row.State == PrivacyRequestState.Planned,
        "under-way" => row.State is PrivacyRequestState.Verified or PrivacyRequestState.Approved or PrivacyRequestState.InProgress,
        "partial" => row.State == PrivacyRequestState.Partial,
        _ => false,
    };

    public override string ToString() => $"{Rows.Count} requests";
}

/// <summary>One request; it names nobody.</summary>
/// <param name="SafeDay">By the clock of where the person lives; null under no law.</param>
/// <param name="SafeDue">The end of that day.</param>
/// <param name="Late">Systems that cannot be proven in time.</param>
/// <param name="Done">Systems that are proven, of all that have a part.</param>
public sealed record InboxRow(RequestId Id, PrivacyRequestKind Kind, PrivacyRequestState State, DateTimeOffset ReceivedAt, DateOnly? SafeDay, DateTimeOffset? SafeDue, bool Overdue, IReadOnlyList<string> Late, string? ToDo, IReadOnlyList<string> Laws, int Done, int Systems)
{
    public static InboxRow Of(InboxLine line, IReadOnlyList<SystemFeasibility> feasible, LawBook laws) => new(
        line.Request.Id, line.Request.Kind, line.Request.State, line.Request.ReceivedAt, line.Due.MinBy(due => due.SafeDue)?.Row.Complete.Safe, line.SafeDue, line.Overdue,
        [.. line.Request.State.IsRunning() ? Unproven(line, feasible) : feasible.Where(system => !system.InTime).Select(system => system.System)],
        PrivacyPhrases.ToDo(line.Request, line.Tasks), [.. line.Request.Laws.Select(law => PrivacyPhrases.Of(LawPlace.Parse(law), laws))], line.Tasks.Count(task => task.IsOver), line.Tasks.Count);

    /// <summary>What is proven is not late, whatever its vendor takes.</summary>
    private static IEnumerable<string> Unproven(InboxLine line, IReadOnlyList<SystemFeasibility> feasible) =>
        feasible.Where(system => !system.InTime && line.Tasks.Any(task => task.System.Name == system.System && !task.IsSettled)).Select(system => system.System);
}
