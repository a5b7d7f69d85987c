using StackHub.Configuration;
using StackHub.Privacy.Holds;
using StackHub.Web.Records;

namespace StackHub.Web.Privacy.Console;

/// <summary>How a form names what is held: nothing for all, a system, or one record there.</summary>
internal static class HoldForms
{
    /// <summary>Null when there is no such thing.</summary>
    public static HoldScope? Scope(string text, HubModel model) => text.Split('/', 3) switch
    {
        [""] => HoldScope.Everything,
        [var system] when Queries.System(model, system) is { } known => new(known, null, null),
        [var system, { Length: > 0 } type, { Length: > 0 } id] when Queries.System(model, system) is { } known => new(known, type, id),
        _ => null,
    };
}
