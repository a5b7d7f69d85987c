using System.Collections.Immutable;
using NodaTime;

namespace StackHub.Audit.Inventory;

/// <summary>What the hub moved for a tool on a day.</summary>
/// <param name="Received">Changes the tool told.</param>
/// <param name="Written">Records the hub wrote to it.</param>
/// <param name="Refused">Records it refused.</param>
public sealed record TrafficDay(ToolId Tool, LocalDate Day, long Received, long Written, long Refused)
{
    public long Moved => Received + Written;

    /// <summary>Values of fields that it told or was told.</summary>
    public long Values { get; init; }
}

/// <summary>A field as it really moves: what a tool says of it, or is told.</summary>
/// <param name="Kind">The kind of record, such as "Person".</param>
public sealed record FieldTraffic(ToolId Tool, string Kind, string Field, FieldDirection Direction, long Values)
{
    /// <summary>It can name or reach a person.</summary>
    public bool Personal { get; init; }

    public string Path => $"{Kind}.{Field}";
}

public enum FieldDirection
{
    /// <summary>The tool is where the values come from.</summary>
    From,

    /// <summary>The hub writes the values to the tool.</summary>
    To,

    /// <summary>The tool holds values, whoever wrote them.</summary>
    Held,
}

/// <summary>Webhooks that reached the hub and belong to no configured system.</summary>
/// <param name="Origin">The domain, or the path where the sender names none.</param>
public sealed record UnknownOrigin(string Origin, LocalDate FirstSeen, LocalDate LastSeen, long Calls)
{
    /// <summary>Names of the fields it sent, without values.</summary>
    public ImmutableSortedSet<string> Fields { get; init; } = [];
}
