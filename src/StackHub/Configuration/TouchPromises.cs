using StackHub.Calendars;
using StackHub.Routing.Simulating;

namespace StackHub.Configuration;

/// <summary>What the file promises to a lead: what the lifecycle says of a qualified one.</summary>
public static class TouchPromises
{
    /// <param name="within">Another term than the lifecycle's; null for its own.</param>
    /// <returns>Null where no term is known.</returns>
    public static TouchPromise? Of(HubModel model, ServiceTerm? within) =>
        (within ?? model.Lifecycle?.Machine.Find(model.Lifecycle.Facts.Qualified)?.Within) is { } term ? new(term, model.Lifecycle?.Hours ?? BusinessCalendar.Always, model.Lifecycle?.Touch) : null;
}
