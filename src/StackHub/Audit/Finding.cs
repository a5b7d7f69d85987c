using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using StackHub.Audit.Inventory;

namespace StackHub.Audit;

/// <summary>
/// Something a check found. A check fills what it is about and the proof; what became of it (since when, accepted, fixed) is kept by
/// <see cref="FindingHistory"/>. Its id depends on check and subject alone, so that better words or newer numbers leave it the same.
/// </summary>
/// <param name="Check">The check's name, such as "unused-no-login".</param>
/// <param name="Subject">What it is about: a tool's id, or several joined by '|', or a finer thing of a tool ("hubspot/flow/contacts").</param>
/// <param name="Title">One sentence a person reads.</param>
public sealed record Finding(string Check, string Subject, Severity Severity, string Title)
{
    /// <summary>The tools it concerns, the chief one first; empty for a thing that is no tool yet.</summary>
    public ImmutableArray<ToolId> Tools { get; init; } = [];

    /// <summary>The numbers it rests on, in the order to show them.</summary>
    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    /// <summary>Money a year that could be saved, and its currency.</summary>
    public decimal? Saving { get; init; }

    public string? Currency { get; init; }

    /// <summary>Who is to see to it: the tool's owner where there is one.</summary>
    public UserId? Owner { get; init; }

    /// <summary>The last day on which something can be done, where there is one.</summary>
    public LocalDate? Due { get; init; }

    public FindingStatus Status { get; init; } = FindingStatus.Open;

    public LocalDate? AcceptedUntil { get; init; }

    /// <summary>Why it was accepted, in the words of who did.</summary>
    public string? AcceptedBecause { get; init; }

    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was opened, the last time: later than <see cref="FirstSeen"/> for one that came back.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When what it says, or its status, last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset LastSeen { get; init; }

    public string Id => IdOf(Check, Subject);

    /// <summary>Sixteen letters and digits.</summary>
    public static string IdOf(string check, string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{check}\n{subject}")))[..16];

    /// <summary>What was found is the same, whenever it was seen and whatever became of it.</summary>
    public bool SaysTheSameAs(Finding other) =>
        Check == other.Check && Subject == other.Subject && Severity == other.Severity && Saving == other.Saving && Currency == other.Currency
        && Owner == other.Owner && Due == other.Due && Tools.SequenceEqual(other.Tools) && Evidence.SequenceEqual(other.Evidence);

    public override string ToString() => $"{Severity} {Check} {Subject}";
}

/// <summary>A named number or fact, as it is shown: "utilisation", "65 %".</summary>
/// <param name="Name">Stable: machines look for it.</param>
public sealed record Evidence(string Name, string Value)
{
    /// <summary>The number behind the words, where it is one.</summary>
    public double? Number { get; init; }
}
