using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>Two tools that do the same for the same people. The numbers always stand beside the verdict.</summary>
public sealed class DuplicateTools : IAuditCheck
{
    public string Name => "duplicate-tools";

    public string Question => "Which tools do the same, for the same people, with the same data?";

    public IEnumerable<Finding> Find(AuditView view) => view.Pairs
        .Where(pair => pair.Intended is null)
        .Select(pair => Finding(view, view.Stack.Find(pair.First)!, view.Stack.Find(pair.Second)!, pair));

    private Finding Finding(AuditView view, Tool first, Tool second, PairOverlap pair)
    {
        var drop = pair.Keep == first.Id ? second : pair.Keep == second.Id ? first : null;
        var severity = pair.Verdict == PairVerdict.Review ? Severity.Low : drop?.YearlyCost is { } cost && cost >= view.Settings.HighSaving ? Severity.High : Severity.Medium;
        return new Finding(Name, $"{first.Id}|{second.Id}", severity, Title(first, second, pair))
        {
            Tools = [first.Id, second.Id],
            Owner = drop?.Owner ?? first.Owner ?? second.Owner,
            Evidence =
            [
                Proof.Ratio("redundancy", pair.Redundancy),
                Proof.Ratio("capabilities", pair.Capabilities?.Containment),
                Proof.Ratio("records", pair.Records?.Containment),
                Proof.Ratio("fields", pair.Fields?.Containment),
                Proof.Ratio("users", pair.Users?.Containment),
                Proof.Ratio("events", pair.Events?.Containment),
                Proof.Share("measured", pair.Measured),
                Proof.List("shared capabilities", pair.SharedCapabilities),
                Proof.Text("keep", pair.Keep?.Text ?? "neither is clearly better"),
            ],
        }.Saving(pair.Verdict == PairVerdict.Duplicate ? drop?.YearlyCost : null, drop?.Currency ?? "");
    }

    private static string Title(Tool first, Tool second, PairOverlap pair)
    {
        var contained = pair.Contained == first.Id ? first : pair.Contained == second.Id ? second : null;
        return (pair.Verdict, contained) switch
        {
            (PairVerdict.Duplicate, { } less) => $"{less.Name} does nothing that {(less == first ? second : first).Name} does not do, for the same people.",
            (PairVerdict.Duplicate, _) => $"{first.Name} and {second.Name} do the same.",
            _ => $"{first.Name} and {second.Name} overlap: compare them.",
        };
    }
}
