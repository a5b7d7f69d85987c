using StackHub.Calendars;
using StackHub.Routing.Pools;

namespace StackHub.Routing.Picking;

/// <summary>Whether a member can be chosen, as the first check that says no.</summary>
public static class Eligibility
{
    public static string? FirstFailed(RoutingPool pool, PoolMember member, LeadOwner? owner, MemberState state, PickRequest request, DateTimeOffset now) =>
        owner is not { IsActive: true } ? "inactive" : Standing(owner, request, now) ?? Hours(pool, owner, now) ?? Fit(pool, owner, request) ?? OpenCap(member, state) ?? Cap(member, owner, state, now);

    /// <summary>Every check that says no, in the same order: what would have to change, not only what is said first.</summary>
    public static IEnumerable<string> Failed(RoutingPool pool, PoolMember member, LeadOwner? owner, MemberState state, PickRequest request, DateTimeOffset now) =>
        owner is not { IsActive: true } ? ["inactive"] : ((string?[])[Standing(owner, request, now), Hours(pool, owner, now), Fit(pool, owner, request), OpenCap(member, state), Cap(member, owner, state, now)]).OfType<string>();

    /// <summary>Nothing speaks against them but the lead itself: they had it, or lack what it asks for. That is no absence to return from.</summary>
    public static bool IsPresent(RoutingPool pool, PoolMember member, LeadOwner? owner, MemberState state, DateTimeOffset now) =>
        owner is { IsActive: true, IsQueue: false } && !owner.Away.Any(absence => absence.Covers(now)) && (Hours(pool, owner, now) ?? OpenCap(member, state) ?? Cap(member, owner, state, now)) is null;

    private static string? Standing(LeadOwner owner, PickRequest request, DateTimeOffset now)
    {
        if (owner.IsQueue)
            return "queue";
        if (request.Excluded.Contains(owner.Id))
            return "had_it";
        return owner.Away.Any(absence => absence.Covers(now)) ? "away" : null;
    }

    private static string? Hours(RoutingPool pool, LeadOwner owner, DateTimeOffset now) => !pool.AroundTheClock && !owner.Hours.IsOpen(now) ? "outside_hours" : null;

    private static string? Fit(RoutingPool pool, LeadOwner owner, PickRequest request)
    {
        if (!pool.Matches)
            return null;
        if (request.Language is { } language && !owner.Languages.Contains(language))
            return $"language({language})";
        return request.Skills.FirstOrDefault(skill => !owner.Skills.Contains(skill)) is { } missing ? $"skill({missing})" : null;
    }

    private static string? OpenCap(PoolMember member, MemberState state) => member.OpenCap is { } most && state.Open >= most ? $"open_cap_reached({state.Open}/{most})" : null;

    /// <summary>Below the number in whatever window it was counted there is no need to ask the calendar which one it was.</summary>
    private static string? Cap(PoolMember member, LeadOwner owner, MemberState state, DateTimeOffset now) =>
        member.Cap is { } cap && state.InWindow >= cap.Count && InWindow(cap, owner, state, now) is var given && given >= cap.Count ? $"cap_reached({given}/{cap.Count})" : null;

    /// <summary>The beginning of the window that holds the moment, by the owner's own clock on the wall.</summary>
    public static DateTimeOffset WindowStart(CapWindow window, BusinessCalendar hours, DateTimeOffset now) => At(hours, LocalStart(window, hours, now));

    /// <summary>The beginning of the window behind the one that holds the moment.</summary>
    public static DateTimeOffset NextWindow(CapWindow window, BusinessCalendar hours, DateTimeOffset now)
    {
        var start = LocalStart(window, hours, now);
        var next = At(hours, window switch { CapWindow.Hour => start.PlusHours(1), CapWindow.Day => start.PlusDays(1), _ => start.PlusWeeks(1) });
        return next > now ? next : now.AddHours(1); // an hour that a clock put back has twice
    }

    private static NodaTime.LocalDateTime LocalStart(CapWindow window, BusinessCalendar hours, DateTimeOffset now)
    {
        var local = NodaTime.Instant.FromDateTimeOffset(now).InZone(hours.Zone);
        return window switch
        {
            CapWindow.Hour => local.Date.At(new NodaTime.LocalTime(local.Hour, 0)),
            CapWindow.Day => local.Date.AtMidnight(),
            _ => local.Date.PlusDays(1 - (int)local.DayOfWeek).AtMidnight(),
        };
    }

    private static DateTimeOffset At(BusinessCalendar hours, NodaTime.LocalDateTime local) => hours.Zone.AtLeniently(local).ToDateTimeOffset().ToUniversalTime();

    /// <summary>A worker whose clock is behind counts in the newer window: it must not open the older one again.</summary>
    private static int InWindow(WindowCap cap, LeadOwner owner, MemberState state, DateTimeOffset now) =>
        state.WindowStart >= WindowStart(cap.Window, owner.Hours, now) ? state.InWindow : 0;
}
