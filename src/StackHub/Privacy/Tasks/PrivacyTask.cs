using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Planning;
using StackHub.Records;

namespace StackHub.Privacy.Tasks;

/// <summary>How far an erasure is proven. No answer of a vendor's API alone is the end of it.</summary>
public enum ProofLevel
{
    None,

    /// <summary>Sent, or about to be: it may have been carried out.</summary>
    Requested,

    /// <summary>The vendor took it.</summary>
    Accepted,

    /// <summary>The vendor's own status says that it is done, or the record cannot be found.</summary>
    Confirmed,

    /// <summary>Read again and absent, by a credential that was seen to see others.</summary>
    Absent,

    /// <summary>Still absent when the quiet window was over.</summary>
    Quiet,

    /// <summary>Written into the evidence.</summary>
    Sealed,
}

public enum PrivacyTaskStatus
{
    Active,

    /// <summary>A legal hold stands; work goes on by itself when it is lifted.</summary>
    Held,

    /// <summary>A person does it and shows it.</summary>
    Manual,

    /// <summary>What is read there cannot be believed now.</summary>
    Blocked,

    /// <summary>Refused for good, or failed too often: an officer must look.</summary>
    Failed,

    Done,
}

/// <summary>What one system has to do for one request. Vendors' ids, and nothing else of the person.</summary>
public sealed record PrivacyTask(RequestId Request, SystemId System, TaskAction Action, int Stage)
{
    public PrivacyTaskStatus Status { get; init; }

    public IReadOnlyList<TaskItem> Items { get; init; } = [];

    /// <summary>Why it is held, blocked or failed: a ground or a code, never a value.</summary>
    public string? Reason { get; init; }

    /// <summary>Nothing is sent or read before: the vendor throttles, is away, or cannot be believed.</summary>
    public DateTimeOffset? ParkedUntil { get; init; }

    /// <summary>A message is under way for then.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>Times in a row that the vendor could not be reached.</summary>
    public int Failures { get; init; }

    /// <summary>An officer let it go before systems that feed this one.</summary>
    public OrderRelease? Released { get; init; }

    public ManualEvidence? Evidence { get; init; }

    public IReadOnlyList<Resurrection> Resurrections { get; init; } = [];

    /// <summary>Unique in its request.</summary>
    public string Id => IdOf(Action, System);

    public bool IsHub => System == HubAuthor.System;

    /// <summary>It deletes: it waits for what comes before, for holds and for restrictions.</summary>
    public bool Erases => Action is TaskAction.Erase or TaskAction.Redact or TaskAction.Manual;

    /// <summary>Its end is an absence; otherwise what was written there and read.</summary>
    public bool EndsInAbsence => Action is TaskAction.Erase or TaskAction.Manual;

    /// <summary>It writes fields of the record and reads them back.</summary>
    public bool Writes => Action is TaskAction.OptOut or TaskAction.Correct or TaskAction.Redact;

    /// <summary>It ends a use of data: it goes before everything that deletes.</summary>
    public bool Stops => Action is TaskAction.OptOut or TaskAction.Consent or TaskAction.Restrict;

    /// <summary>The lowest of its records: a task is as far as what is least far.</summary>
    public ProofLevel Level => Items.Where(item => item.Kept is null).Select(item => item.Level).DefaultIfEmpty(Evidence is null && Items.Count == 0 ? ProofLevel.None : ProofLevel.Sealed).Min();

    /// <summary>What this system feeds may go.</summary>
    public bool IsSettled => Status == PrivacyTaskStatus.Done || (Status == PrivacyTaskStatus.Active && Level >= ProofLevel.Confirmed);

    public bool IsOver => Status == PrivacyTaskStatus.Done;

    public static string IdOf(TaskAction action, SystemId system) => $"{action switch
    {
        TaskAction.OptOut => "opt-out",
        TaskAction.Correct => "correct",
        TaskAction.Consent => "consent",
        TaskAction.Restrict => "restrict",
        TaskAction.Package => "package",
        _ => "erase",
    }}|{system}";

    public static SystemId SystemOf(string id) => new(id[(id.IndexOf('|', StringComparison.Ordinal) + 1)..]);

    public PrivacyTask With(int index, TaskItem item)
    {
        TaskItem[] items = [.. Items];
        items[index] = item;
        return this with { Items = items };
    }

    public override string ToString() => $"{Id} of {Request} ({Status}, {Level})";
}

/// <summary>One record there.</summary>
public sealed record TaskItem(string ObjectType, string Id)
{
    public ProofLevel Level { get; init; }

    /// <summary>Written before the call; still there when no answer was: then it is read before anything is sent again.</summary>
    public DateTimeOffset? SendingSince { get; init; }

    /// <summary>It may have been carried out, and nobody has looked since.</summary>
    public bool Uncertain { get; init; }

    /// <summary>What the vendor gave to ask with.</summary>
    public string? Ticket { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? RequestedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public DateTimeOffset? AbsentAt { get; init; }

    public DateTimeOffset? QuietUntil { get; init; }

    public DateTimeOffset? SealedAt { get; init; }

    /// <summary>What the confirmation rests on.</summary>
    public ErasureEvidence? By { get; init; }

    /// <summary>It was not there when it was first asked for.</summary>
    public bool WasAbsent { get; init; }

    /// <summary>Times it was sent and asked after.</summary>
    public int Sends { get; init; }

    public int Asks { get; init; }

    /// <summary>The vendor's code for its refusal.</summary>
    public string? Refused { get; init; }

    /// <summary>Kept by right, and until when.</summary>
    public Exemption? Kept { get; init; }
}

/// <summary>The person was there again.</summary>
/// <param name="Cause">The event that brought them, or how it was found.</param>
public sealed record Resurrection(string ObjectType, string Id, DateTimeOffset FoundAt, string Cause);

/// <summary>What shows that a person did what the connector cannot.</summary>
/// <param name="Text">What was done and where it can be looked up; no personal data.</param>
public sealed record ManualEvidence(string By, DateTimeOffset At, string Text);

public sealed record OrderRelease(string By, DateTimeOffset At, string Reason);
