using System.Collections.Immutable;
using System.Text.Json.Serialization;
using StackHub.Records;

namespace StackHub.Web.Runs;

/// <summary>A run: something that reads or compares many records in the background.</summary>
/// <param name="By">Who started it: a key's or a person's id.</param>
public sealed record RunView(RecordId Id, RunKind Kind, RunState State, DateTimeOffset StartedAt, string By)
{
    /// <summary>The system it is of; absent when it is of all.</summary>
    public SystemId? System { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What it is at: a system and object type.</summary>
    public string? At { get; init; }

    /// <summary>What it counted so far: records, newRecords, changedRecords, linked, enqueued, changes.</summary>
    public ImmutableSortedDictionary<string, long> Report { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Where it is to go on when it is interrupted.</summary>
    [JsonIgnore]
    public string? Place { get; init; }

    /// <summary>Why it failed, in words without values.</summary>
    public string? Error { get; init; }
}
