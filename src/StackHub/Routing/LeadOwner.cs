using System.Collections.Immutable;
using StackHub.Calendars;
using StackHub.Records;

namespace StackHub.Routing;

/// <summary>Time in which somebody gets no leads.</summary>
public readonly record struct Absence(DateTimeOffset From, DateTimeOffset Until)
{
    public bool Covers(DateTimeOffset at) => From <= at && at < Until;
}

/// <summary>Somebody who may own leads.</summary>
public sealed record LeadOwner(OwnerId Id)
{
    /// <summary>False for somebody who left: never chosen, whatever a tool says.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>A tool's queue, or the user a tool gives what nobody owns: what is theirs has no owner, and no pool chooses them.</summary>
    public bool IsQueue { get; init; }

    /// <summary>Who gets what this one cannot take.</summary>
    public OwnerId? Manager { get; init; }

    /// <summary>Their ids in the tools.</summary>
    public ImmutableSortedDictionary<SystemId, string> Ids { get; init; } = ImmutableSortedDictionary<SystemId, string>.Empty;

    public ImmutableHashSet<string> Skills { get; init; } = [];

    public ImmutableHashSet<string> Languages { get; init; } = [];

    public BusinessCalendar Hours { get; init; } = BusinessCalendar.Always;

    public ImmutableArray<Absence> Away { get; init; } = [];
}
