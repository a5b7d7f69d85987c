using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Verification;
using StackHub.Records;
using StackHub.Web.Records;

namespace StackHub.Web.Privacy.Console;

/// <summary>All of a request that an officer or approver sees; personal data.</summary>
/// <param name="Line">The request, its dates and its tasks.</param>
/// <param name="Feasible">Whether each system can be proven in time.</param>
/// <param name="Gate">Holds and exemptions that stand.</param>
/// <param name="Chain">The evidence, and what is wrong with it.</param>
/// <param name="People">What callers are called.</param>
public sealed record RequestModel(InboxLine Line, IReadOnlyList<SystemFeasibility> Feasible, RequestGate Gate, LedgerVerdict Chain, IReadOnlyDictionary<string, string> People)
{
    public PrivacyRequest Request => Line.Request;

    public RequestPlan? Plan => Request.Plan;

    /// <summary>Requests of the same kind about the same person.</summary>
    public IReadOnlyList<RequestId> Duplicates { get; init; } = [];

    /// <summary>The verified one that stands for its duplicates; null while none is verified.</summary>
    public RequestId? Canonical { get; init; }

    /// <summary>What records are called, among them those that an officer chooses from.</summary>
    public IReadOnlyDictionary<RecordId, RecordName> Records { get; init; } = new Dictionary<RecordId, RecordName>();

    public MadePackage? Package { get; init; }

    /// <summary>Where people reach the hub; null where the file does not say.</summary>
    public Uri? PublicBase { get; init; }

    /// <summary>What the person is given; from the hub's address where that is known.</summary>
    public string PackageLink => $"privacy/package/{Request.Id}/{Package?.Link}" is var path && PublicBase is { } address ? new Uri(address, path).ToString() : path;

    /// <summary>A code that waits to be brought to the person; only officers see it.</summary>
    public CodeMessage? ByHand { get; init; }

    /// <summary>Officers may bring codes over.</summary>
    public bool CodesByHand { get; init; }

    /// <summary>Codes go out by themselves.</summary>
    public bool SendsCodes { get; init; }

    /// <summary>Names of laws by their id.</summary>
    public IReadOnlyDictionary<string, string> Laws { get; init; } = new Dictionary<string, string>();

    /// <summary>The safe date came and nobody was verified: a denial is offered, never made.</summary>
    public bool OffersDenial { get; init; }

    /// <summary>A letter that has to go out inside the first term; null when nothing needs it.</summary>
    public string? ExtensionDraft { get; init; }

    /// <summary>The fields of a person that can be put right.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public bool IsStandIn => Canonical is { } other && other != Request.Id;

    public bool MayEnd => RequestMoves.MayDeny(Request) || Request.State.CanBecome(PrivacyRequestState.Cancelled);

    /// <summary>Once work has begun or the request was answered there is something to sign.</summary>
    public bool HasReceipt => Request.State.HasOutcome();

    /// <summary>Rows of laws that can still be extended.</summary>
    public IEnumerable<LawDue> Extendable => Request.State.IsOpen() ? Line.Due.Where(due => due.Row.IfExtended is not null) : [];

    public string NameOf(string caller) => People.GetValueOrDefault(caller, caller);

    public string LawName(LawPlace under) => $"{Laws.GetValueOrDefault(under.Law, under.Law)}, {under.Place}";

    /// <summary>Why this caller cannot approve the plan that waits; null when they can.</summary>
    public string? ApprovalObstacle(string caller, bool isApprover) =>
        string.Equals(caller, Request.SubmittedBy, StringComparison.OrdinalIgnoreCase) ? "You submitted this request: somebody else has to approve it."
        : !isApprover ? "To approve takes the role approver."
        : IsStandIn ? "Another verified request of the same person is in its place."
        : Request.Approvals.Any(approval => string.Equals(approval.By, caller, StringComparison.OrdinalIgnoreCase)) ? "You approved it; a second approver is needed."
        : null;

    public override string ToString() => $"request {Request.Id}";
}
