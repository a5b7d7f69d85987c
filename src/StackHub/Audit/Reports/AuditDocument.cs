using System.Text.Json.Serialization;

namespace StackHub.Audit.Reports;

/// <summary>
/// A report for programs. Its shape grows and never changes; lists are in the order of their ids and nothing in it depends on the hour of the
/// run but <see cref="Run"/>, so that two reports differ where the stack does.
/// </summary>
public sealed record AuditDocument(
    int Version,
    RunDocument Run,
    IReadOnlyList<WasteDocument> Waste,
    IReadOnlyList<FindingDocument> Findings,
    IReadOnlyList<ToolDocument> Tools,
    IReadOnlyList<PairDocument> Pairs,
    IReadOnlyList<FlowDocument> Flows,
    IReadOnlyList<ErasureDocument> Erasure,
    IReadOnlyList<SourceDocument> Sources,
    int PairsLeftOut)
{
    public const int CurrentVersion = 1;

    public override string ToString() => $"document of audit {Run.Id}";
}

/// <summary>A run: what it looked at, what was open after it, and how that differs from the run before.</summary>
/// <param name="Open">Open findings by severity.</param>
/// <param name="Health">Mean of all tools, 0 to 100; left out when nothing is known.</param>
/// <param name="New">Ids of findings that the run before did not have.</param>
/// <param name="Gone">Ids of findings that only the run before had.</param>
/// <param name="Changed">Ids of findings whose evidence is another one.</param>
public sealed record RunDocument(
    string Id,
    DateTimeOffset At,
    int Tools,
    int UsageRows,
    IReadOnlyDictionary<string, int> Open,
    double? Health,
    IReadOnlyDictionary<string, decimal> Waste,
    IReadOnlyList<string> New,
    IReadOnlyList<string> Gone,
    IReadOnlyList<string> Changed);

/// <summary>Money a year that nobody gets anything for, in one currency.</summary>
public sealed record WasteDocument(string Currency, decimal UnusedSeats, decimal UnusedTools, decimal Total);

/// <summary>Something a check found.</summary>
/// <param name="Id">The same in every run, whatever its words and numbers are.</param>
/// <param name="Check">The rule that found it.</param>
/// <param name="Severity">high, medium, low or info.</param>
/// <param name="Status">open, accepted or fixed.</param>
/// <param name="Saving">Money a year.</param>
/// <param name="Due">The last day on which something can be done.</param>
/// <param name="AcceptedUntil">From the day after it is open again.</param>
public sealed record FindingDocument(
    string Id,
    string Check,
    string Severity,
    string Status,
    string Subject,
    string Title,
    IReadOnlyList<string> Tools,
    IReadOnlyList<EvidenceDocument> Evidence,
    decimal? Saving,
    string? Currency,
    string? Owner,
    string? Due,
    string? AcceptedUntil,
    string? AcceptedBecause,
    DateTimeOffset FirstSeen)
{
    public override string ToString() => $"finding {Id}";
}

/// <summary>A number or fact a finding rests on.</summary>
/// <param name="Value">As people read it.</param>
/// <param name="Number">As programs do, where it is one.</param>
public sealed record EvidenceDocument(string Name, string Value, double? Number)
{
    public override string ToString() => Name;
}

/// <summary>A product of the stack.</summary>
/// <param name="Capabilities">What is in use of what it can do.</param>
/// <param name="Available">What it could do.</param>
/// <param name="Active">Accounts that were used in the last 90 days; left out when nobody counts them.</param>
/// <param name="NoticeDays">How long before the renewal one must have said no.</param>
public sealed record ToolDocument(
    string Id,
    string Name,
    string? Owner,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Capabilities,
    IReadOnlyList<string> Available,
    IReadOnlyList<string> Systems,
    int? Seats,
    int? Active,
    decimal? YearlyCost,
    string? Currency,
    string? Renewal,
    int? NoticeDays,
    HealthDocument? Health)
{
    public override string ToString() => Id;
}

/// <summary>A tool's health, 0 to 100 of what is known.</summary>
/// <param name="Confidence">How much of the whole is known, 0 to 1.</param>
public sealed record HealthDocument(double? Score, double Confidence, IReadOnlyList<HealthPartDocument> Parts);

/// <summary>A part of a tool's health.</summary>
/// <param name="Weight">Its points of the whole 100.</param>
/// <param name="Known">Of those, how many could be judged.</param>
/// <param name="Earned">Of the known ones, how many it got.</param>
public sealed record HealthPartDocument(string Name, int Weight, double Known, double Earned, IReadOnlyList<string> Reasons);

/// <summary>How much two tools do the same.</summary>
/// <param name="Redundancy">The weighted mean of what was measured, 0 to 1.</param>
/// <param name="Measured">How much of the weight was measured, 0 to 1.</param>
/// <param name="Verdict">duplicate, review or distinct.</param>
/// <param name="Contained">The smaller tool when the other can do all it does.</param>
/// <param name="Keep">Which one to keep, where one is better.</param>
/// <param name="IntendedUntil">Until when somebody declared that both are wanted.</param>
public sealed record PairDocument(
    string First,
    string Second,
    double Redundancy,
    double Measured,
    string Verdict,
    OverlapDocument? Capabilities,
    OverlapDocument? Records,
    OverlapDocument? Fields,
    OverlapDocument? Users,
    OverlapDocument? Events,
    IReadOnlyList<string> SharedCapabilities,
    string? Contained,
    string? Keep,
    string? IntendedUntil);

/// <summary>Two sets and what they share.</summary>
public sealed record OverlapDocument(long First, long Second, long Shared, double Containment, double Jaccard);

/// <summary>A field as it was measured in a tool.</summary>
/// <param name="Purpose">Left out when nobody declared any.</param>
/// <param name="Personal">It can name or reach a person.</param>
public sealed record FlowDocument(string Tool, string Kind, string Field, string? Purpose, bool Personal, long Held, long From, long To);

/// <summary>Whether a person could be erased from a tool.</summary>
/// <param name="Level">proven, claimed, by-hand, failing or unknown.</param>
/// <param name="Claim">What its connector can do: manual, mask, soft-delete or delete.</param>
/// <param name="GoneWithinDays">The longest its vendor says it takes.</param>
/// <param name="Stays">What of the person stays all the same.</param>
public sealed record ErasureDocument(string Tool, string Level, string? Drilled, int? DaysToGone, string? Reason, long? PersonalValues, string? Claim, int? GoneWithinDays, string? Stays);

/// <summary>How a list of the inventory was taken.</summary>
/// <param name="Rejected">Why its new content was not taken.</param>
public sealed record SourceDocument(string Name, string? AsOf, long Rows, long BadRows, string? Rejected);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditDocument))]
internal sealed partial class AuditDocumentJson : JsonSerializerContext;
