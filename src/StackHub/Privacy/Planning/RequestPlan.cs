using System.Security.Cryptography;
using System.Text;
using StackHub.Records;

namespace StackHub.Privacy.Planning;

/// <summary>What is done in one system.</summary>
public enum TaskAction
{
    /// <summary>Consent to marketing is taken back there.</summary>
    OptOut,

    /// <summary>The person is erased there.</summary>
    Erase,

    /// <summary>What an erasure would take along has to be kept: the person's fields are emptied there, and read back.</summary>
    Redact,

    /// <summary>What the person wants put right is written there, and read back.</summary>
    Correct,

    /// <summary>In the hub: what the person said goes into the ledger of consent, and from there everywhere.</summary>
    Consent,

    /// <summary>In the hub: the person's data is kept and nothing else is done with it.</summary>
    Restrict,

    /// <summary>In the hub: the copy for the person is made.</summary>
    Package,

    /// <summary>The connector cannot do it: a person does, and shows it.</summary>
    Manual,
}

/// <summary>What will be done for a request, exactly; approved by its fingerprint, so that nothing else is carried out.</summary>
public sealed record RequestPlan
{
    public IReadOnlyList<PlanItem> Items { get; init; } = [];

    public IReadOnlyList<PlanSystem> Systems { get; init; } = [];

    /// <summary>The person's records in the hub.</summary>
    public IReadOnlyList<RecordId> Records { get; init; } = [];

    /// <summary>Keyed hashes of every alias: holds and duplicates are found by them.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Those of the aliases that are this person's alone: by them they are kept away, from before the first deletion on.</summary>
    public IReadOnlyList<string> Tombstones { get; init; } = [];

    /// <summary>It means several people: all are opted out, and nobody is deleted.</summary>
    public bool OptOutOnly { get; init; }

    /// <summary>Records of the company that name the person and stay: ids.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>Why the plan reaches further than one person's own records; each needs a second pair of eyes.</summary>
    public IReadOnlyList<string> Wide { get; init; } = [];

    /// <summary>Nobody approves that something stops.</summary>
    public int ApprovalsNeeded { get; init; } = 1;

    /// <summary>A keyed hash of what is put right; null when nothing is.</summary>
    public string? Corrections { get; init; }

    /// <summary>The same for a plan that does the same.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
    [
        .. Systems.Select(system => $"{system.Stage} {system.Action} {system.System}"),
        .. Items.Select(item => $"{item.System}/{item.ObjectType}/{item.Id} {string.Join(' ', item.Calls)}"),
        .. Wide,
        .. Corrections is { } corrections ? [corrections] : Array.Empty<string>(),
    ]))).AsSpan(0, 8));
}

/// <param name="Stage">It waits for all systems of lower stages.</param>
/// <param name="Note">What an officer should know: the vendor's time, its reach.</param>
public sealed record PlanSystem(SystemId System, TaskAction Action, int Stage, string Note);

/// <summary>One record in one system.</summary>
/// <param name="FoundBy">By which of the hub's knowledge it is the person's; never a value.</param>
/// <param name="Calls">The requests that will be sent, in words.</param>
public sealed record PlanItem(SystemId System, string ObjectType, string Id, RecordId Record, string FoundBy, IReadOnlyList<string> Calls)
{
    public ExternalRef Ref => new(System, ObjectType, Id);
}
